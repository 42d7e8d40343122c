/**
 * Reads the speech clips of RAVDESS.
 *
 * <p>Nothing is exported: the host reaches the factory through PF4J's extension index.
 */
module org.kemo.ravdess {
    requires org.kemo.api;
}
