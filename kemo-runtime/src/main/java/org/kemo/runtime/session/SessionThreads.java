package org.kemo.runtime.session;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of a session. They outlive whoever was the first to run the model, which may be a plugin that is
 * unloaded later: so they take nothing from the thread that they are made on.
 *
 * @param name of the threads
 */
record SessionThreads(String name) implements ThreadFactory {
    // Until JDK 24 a thread keeps the protection domains of all classes on the stack that it was made on, and with them
    // their class loaders. There is no other way to leave them behind; later on it does no harm.
    @SuppressWarnings("removal")
    @Override
    public Thread newThread(Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setContextClassLoader(SessionThreads.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
    }
}
