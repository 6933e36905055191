package org.gavel.desktop.cluster;

/**
 * One value of the inspector.
 *
 * @param name    a few words
 * @param value   with its unit
 * @param meaning one sentence
 */
record InspectorRow(String name, String value, String meaning) { }
