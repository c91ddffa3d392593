package dev.sluice.pipelines.report;

import dev.sluice.pipelines.config.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a report's two files and lets {@code reports/latest} lead to them. */
public final class WriteReport {
  private final Home home;

  public WriteReport(Home home) {
    this.home = home;
  }

  /** Writes both forms; returns the page. */
  public Path write(Report report) {
    try {
      Path folder = Files.createDirectories(home.report(report.run()));
      Files.writeString(folder.resolve("report.json"), ReportJson.text(report));
      Path page = folder.resolve("report.html");
      Files.writeString(page, ReportPage.text(report));
      pointLatestTo(folder);
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException("The report cannot be written below " + home.reports(), e);
    }
  }

  /** A link, made beside and moved into place, so that there is always a latest report. */
  private void pointLatestTo(Path folder) throws IOException {
    Path link = home.reports().resolve("latest." + folder.getFileName());
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, folder.getFileName());
    Files.move(
        link,
        home.latestReport(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
