/**
 * Reads texts and labels, one pair a line.
 *
 * <p>Nothing is exported: the host reaches the factory through PF4J's extension index.
 */
module org.kemo.textlines {
    requires org.kemo.api;
}
