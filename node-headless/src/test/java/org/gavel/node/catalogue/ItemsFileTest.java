package org.gavel.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gavel.protocol.auction.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemsFileTest {
    private static final String LAMP = "{\"id\":\"lamp\",\"title\":\"Lamp\",\"startPriceCents\":4000,\"incrementCents\":500}";

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.write(directory.resolve("items.json"), text.getBytes(StandardCharsets.UTF_8));
    }

    private void shouldSay(String text, String... parts) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ItemsFile.read(file)).isInstanceOf(ItemsFileException.class).hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }

    @Test
    void shouldReadAnArrayOfItems() throws IOException, ItemsFileException {
        Path file = file("\ufeff[" + LAMP + ",\n{\"id\":\"globe\",\"title\":\"Gl\u00f6be\",\"description\":\"round\",\"startPriceCents\":0,"
                + "\"incrementCents\":1,\"reserveCents\":7,\"photo\":\"globe.png\"}]\n");
        assertThat(ItemsFile.read(file).items()).containsExactly(new Item("lamp", "Lamp", null, 4000, 500, null),
                new Item("globe", "Gl\u00f6be", "round", 0, 1, 7L));
    }

    @Test
    void shouldSayThatTheFileIsMissing() {
        Path missing = directory.resolve("nowhere.json");
        assertThatThrownBy(() -> ItemsFile.read(missing)).isInstanceOf(ItemsFileException.class).hasMessageContaining(missing.toString())
                .hasMessageContaining("does not exist").hasMessageContaining("--items");
        assertThatThrownBy(() -> ItemsFile.read(directory)).isInstanceOf(ItemsFileException.class).hasMessageContaining("directory");
    }

    @Test
    void shouldSayThatItIsNotJson() throws IOException {
        shouldSay("[" + LAMP + ",\n oops]", "not JSON", "line 2", "write an array");
        shouldSay(" \n", "is empty", "write an array");
        shouldSay("[" + LAMP, "not JSON");
        shouldSay("[" + LAMP + "] x", "not JSON");
        shouldSay("[" + LAMP + "][]", "not JSON");
        shouldSay("[" + LAMP + ",]", "not JSON");
    }

    @Test
    void shouldSayThatItIsNotTextInUtf8() throws IOException {
        Path file = Files.write(directory.resolve("latin.json"), new byte[] {'[', '"', (byte) 0xe4, '"', ']'});
        assertThatThrownBy(() -> ItemsFile.read(file)).isInstanceOf(ItemsFileException.class).hasMessageContaining("UTF-8");
    }

    @Test
    void shouldSayThatItIsNotAnArray() throws IOException {
        shouldSay(LAMP, "no JSON array");
        shouldSay("null", "no JSON array");
        shouldSay("[]", "holds no item");
    }

    @Test
    void shouldNameTheItemAndItsDoubledId() throws IOException {
        shouldSay("[" + LAMP + "," + LAMP + "]", "item 2", "'lamp'", "used by an item before");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"id\":\"a\",\"title\":\"A\",\"startPriceCents\":-1,\"incrementCents\":1}|startPriceCents is negative",
        "{\"id\":\"a\",\"title\":\"A\",\"startPriceCents\":1,\"incrementCents\":-1}|incrementCents is negative",
        "{\"id\":\"a\",\"title\":\"A\",\"startPriceCents\":1,\"incrementCents\":1,\"reserveCents\":-3}|reserveCents is negative",
        "{\"id\":\"a\",\"title\":\"A\",\"startPriceCents\":1.5,\"incrementCents\":1}|startPriceCents is not a whole number",
        "{\"id\":\"a\",\"title\":\"A\",\"startPriceCents\":\"1\",\"incrementCents\":1}|startPriceCents is not a number",
        "{\"id\":\"a\",\"title\":\"A\",\"incrementCents\":1}|startPriceCents is missing",
        "{\"title\":\"A\",\"startPriceCents\":1,\"incrementCents\":1}|id is missing",
        "{\"id\":\"A b\",\"title\":\"A\",\"startPriceCents\":1,\"incrementCents\":1}|lower-case",
        "{\"id\":\"a\",\"title\":\"A\",\"startPriceCents\":1,\"incrementCents\":1,\"reservecents\":5}|surely 'reserveCents' is meant",
        "{\"id\":\"a\",\"title\":\"A\",\"start_price_cents\":1,\"incrementCents\":1}|surely 'startPriceCents' is meant",
        "7|not a JSON object"})
    void shouldNameTheItemsPositionAndMistake(String item, String mistake) throws IOException {
        shouldSay("[" + LAMP + "," + item + "]", "item 2", mistake);
    }

    @Test
    void shouldRefuseTooManyItemsAndTooLargeAFile() throws IOException {
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= ItemCatalogue.ITEMS_MAX; i++) {
            many.add(LAMP.replace("\"lamp\"", "\"lamp" + i + "\""));
        }
        shouldSay(many.toString(), "501 items", "at most 500");
        shouldSay(" ".repeat((int) ItemsFile.FILE_BYTES_MAX + 1), "bytes");
    }

    @Test
    void shouldBringADozenSamples() {
        assertThat(ItemCatalogue.samples().items()).hasSize(12).extracting(Item::id).contains("lamp", "sextant", "globe").doesNotHaveDuplicates();
    }
}
