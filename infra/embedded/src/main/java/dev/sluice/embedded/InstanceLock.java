package dev.sluice.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds a home for one process. The operating system frees the lock when the process ends, however
 * it ends; the pid file beside it only tells people and commands whom to signal.
 */
final class InstanceLock implements AutoCloseable {
  private final HomeFolder home;
  private final FileChannel channel;
  private final FileLock lock;

  private InstanceLock(HomeFolder home, FileChannel channel, FileLock lock) {
    this.home = home;
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the home, or empty when another process has it. */
  static Optional<InstanceLock> take(HomeFolder home) throws IOException {
    FileChannel channel =
        FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        Files.writeString(home.pidFile(), ProcessHandle.current().pid() + "\n");
        return Optional.of(new InstanceLock(home, channel, lock));
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it.
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(home.pidFile());
    lock.release();
    channel.close();
  }
}
