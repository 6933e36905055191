package org.gavel.desktop.screen;

import org.gavel.protocol.identity.Uid;

/** Every id that a test or a style sheet may look up. One nested class per screen; each engineer adds to the own one. */
public final class Ids {
    public static final String RAIL = "rail";
    public static final String TOP_BAR = "top-bar";
    public static final String CLUSTER_NAME = "cluster-name";
    public static final String CLUSTER_PLACE = "cluster-place";
    public static final String MODE_CHIP = "mode-chip";
    public static final String LEADER_BADGE = "leader-badge";
    public static final String ALIVE_COUNT = "alive-count";
    public static final String VIEW_NUMBER = "view-number";
    public static final String READ_ONLY_CHIP = "read-only-chip";
    public static final String START_NODE = "start-node";
    public static final String HELP = "help";
    public static final String TOASTS = "toasts";
    public static final String HELP_SHEET = "help-sheet";
    public static final String REPLAY_BAR = "replay-bar";
    public static final String REPLAY_PLAY = "replay-play";
    public static final String REPLAY_BACK = "replay-back";
    public static final String REPLAY_STEP = "replay-step";
    public static final String REPLAY_SCRUB = "replay-scrub";
    public static final String REPLAY_SPEED = "replay-speed";
    public static final String BANNERS = "banners";
    public static final String SCREEN_AREA = "screen-area";
    public static final String SIMULATION_BAR = "simulation-bar";
    public static final String SIMULATION_PAUSE = "simulation-pause";
    public static final String SIMULATION_STEP = "simulation-step";
    public static final String SIMULATION_SPEED = "simulation-speed";
    public static final String SIMULATION_LOSS = "simulation-loss";
    public static final String SIMULATION_DELAY = "simulation-delay";
    public static final String SIMULATION_CRASHES = "simulation-crashes";
    public static final String SIMULATION_CUT = "simulation-cut";
    public static final String SIMULATION_HEAL = "simulation-heal";
    public static final String BOTTOM_BAR = "bottom-bar";
    public static final String LAST_EVENT = "last-event";
    public static final String FEED_FIGURES = "feed-figures";

    private Ids() { }

    /** The rail's button for a screen. */
    public static String rail(ScreenId screen) {
        return "rail-" + screen.word();
    }

    /** A screen's root. */
    public static String screen(ScreenId screen) {
        return "screen-" + screen.word();
    }

    /** The Cluster screen and the inspector. */
    public static final class Cluster {
        public static final String RING = "ring";
        public static final String INSPECTOR = "inspector";
        public static final String EMPTY = "cluster-empty";
        public static final String START_DEMO = "start-demo";
        public static final String SIMULATE = "simulate";
        public static final String CHANGE_PORT = "change-port";
        public static final String COPY_COMMAND = "copy-command";
        public static final String KILL = "kill";
        public static final String RESTART = "restart";
        public static final String PAUSE = "pause";
        public static final String ISOLATE = "isolate";
        public static final String FORGET = "forget";
        public static final String QUESTION = "question";
        public static final String QUESTION_YES = "question-yes";
        public static final String QUESTION_NO = "question-no";
        public static final String SECONDS = "question-seconds";
        public static final String INSPECTOR_NAME = "inspector-name";
        public static final String INSPECTOR_ROWS = "inspector-rows";
        public static final String EVENTS = "cluster-events";
        public static final String PORT_FIELD = "port-field";
        public static final String AUCTIONS = "cluster-auctions";
        public static final String NO_AUCTIONS = "cluster-no-auctions";
        public static final String NEW_AUCTION = "cluster-new-auction";
        public static final String SHOW_AUCTIONS = "cluster-show-auctions";
        public static final String SHOW_EVENTS = "cluster-show-events";
        public static final String AUCTION_NOTICE = "cluster-auction-notice";

        private Cluster() { }

        public static String node(Uid uid) {
            return "node-" + uid;
        }

        /** The inspector's tab of a protocol. */
        public static String tab(String protocol) {
            return "inspector-tab-" + protocol;
        }
    }

    /** The Auctions screen, the bid ticket, the start form. */
    public static final class Auctions {
        public static final String BOARD = "auction-board";
        public static final String EMPTY = "auctions-empty";
        public static final String EMPTY_START = "auctions-empty-start";
        public static final String TROUBLE = "auctions-trouble";
        public static final String FILTER = "auctions-filter";
        public static final String NEW = "new-auction";
        public static final String DETAIL = "auction-detail";
        public static final String DETAIL_TITLE = "auction-title";
        public static final String DETAIL_ID = "auction-detail-id";
        public static final String DETAIL_STATE = "auction-state";
        public static final String COUNTDOWN = "auction-countdown";
        public static final String LADDER = "bid-ladder";
        public static final String PRICE_CHART = "price-chart";
        public static final String PARTICIPANTS = "participants";
        public static final String EXPORT_BIDS = "export-bids";
        public static final String TICKET = "bid-ticket";
        public static final String AMOUNT = "bid-amount";
        public static final String BID = "bid-button";
        public static final String TICKET_MESSAGE = "bid-message";
        public static final String START_FORM = "start-form";
        public static final String START_ITEM = "start-item";
        public static final String START_DURATION = "start-duration";
        public static final String START_PRICE = "start-price";
        public static final String START_RESERVE = "start-reserve";
        public static final String START_MINE = "start-mine";
        public static final String START_BUTTON = "start-button";
        public static final String START_CANCEL = "start-cancel";
        public static final String START_MESSAGE = "start-message";

        private Auctions() { }

        /** Raises the amount by so many increments. */
        public static String raise(int increments) {
            return "raise-" + increments;
        }
    }

    /** The Timeline screen. */
    public static final class Timeline {
        public static final String LOG = "event-log";
        public static final String DIAGRAM = "space-time";
        public static final String FILTER = "event-filter";
        public static final String PROTOCOLS = "event-protocols";
        public static final String ROUTINE = "event-routine";
        public static final String HOLD = "event-hold";
        public static final String COPY = "event-copy";
        public static final String EXPORT = "event-export";
        public static final String EXPORT_TRACE = "export-trace";
        public static final String EXPORT_SHIVIZ = "export-shiviz";
        public static final String OPEN_RECORDING = "open-recording";

        private Timeline() { }

        /** The legend's switch for elections, take-overs or bids. */
        public static String way(String word) {
            return "way-" + word;
        }
    }

    /** The Charts screen. */
    public static final class Charts {
        public static final String GRID = "charts-grid";
        public static final String MINUTE = "charts-minute";
        public static final String FIVE_MINUTES = "charts-five-minutes";
        public static final String ALL = "charts-all";
        public static final String EXPORT = "charts-export";

        private Charts() { }
    }

    /** The Preferences screen. */
    public static final class Preferences {
        public static final String LIGHT = "theme-light";
        public static final String DARK = "theme-dark";
        public static final String FONT = "font-size";
        public static final String MOTION = "reduced-motion";
        public static final String SOUND = "notification-sound";
        public static final String NAME = "my-name";
        public static final String BIND = "network-card";
        public static final String PORT = "discovery-port";
        public static final String APPLY = "apply-network";

        private Preferences() { }
    }
}
