package org.gavel.node.cli;

import org.gavel.protocol.identity.Uid;

/** A pleasant short name for a node that was given none: the same for the same uid. Two nodes may share one; their uids tell them apart. */
public final class NodeNames {
    private static final String[] WORDS = ("acorn adder agate alder aloe amber anise apple arbor aspen aster auburn azure badger bamboo basil bay beech "
            + "birch bison bluet bonsai borage bramble briar brook bryony cactus calla camel canary canyon carob cashew cedar cherry chestnut chive cicely "
            + "citron citrus clover cobalt cobra cocoa comet condor copper coral cosmos coyote crane cress crocus cypress dahlia daisy delta dill dingo "
            + "dogwood dove dune eagle ebony egret elder elm ember ermine falcon fennel fern ferret fig finch fir fjord flax flint fox foxglove garnet "
            + "gecko gentian ginger ginkgo glade grove gull hare hawk hawthorn hazel heath heather hemlock heron hickory holly hops hyssop ibis indigo "
            + "iris ivory ivy jade jasmine jasper juniper kelp kestrel kiwi koala lagoon larch lark laurel lava lemon lemur lichen lilac lily lime linden "
            + "linnet lotus lupin lynx magnolia mango maple marble marlin marten meadow merlin mica mimosa mint moss myrtle narwhal nectar nettle newt "
            + "nutmeg oak oasis ocean ochre olive onyx opal orchid oriole osprey otter owl palm panda papaya parrot peach pearl pebble pecan peony pepper "
            + "pine plover plum poplar poppy prairie puffin quail quartz quince raven reed robin rosemary rowan ruby rush saffron sage salix sequoia "
            + "sienna sorrel sparrow spruce starling stork sumac swan swift sycamore tansy teak teal tern thistle thrush thyme topaz toucan tulip tundra "
            + "turtle umber vanilla viola violet walnut willow wren yarrow yew zebra zinnia").split(" ");

    private NodeNames() { }

    public static String of(Uid uid) {
        long mixed = uid.value() * 0x9E3779B97F4A7C15L;
        return WORDS[(int) Long.remainderUnsigned(mixed ^ mixed >>> 32, WORDS.length)];
    }
}
