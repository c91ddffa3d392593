package dev.sluice.raw.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.DropFolder.FileFormat;
import dev.sluice.catalog.run.JobOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real name node and data node. */
class LandFromHdfsTest {
  private static final long LONG_AGO = Drop.LONG_AGO.toEpochMilli();

  @TempDir private static Path storage;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration conf = new HdfsConfiguration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, storage.toString());
    conf.setLong("dfs.blocksize", 1 << 20);
    cluster = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  private static FileSystem hdfs() {
    try {
      return cluster.getFileSystem();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String path, String text) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path);
    try (OutputStream out = hdfs().create(file)) {
      out.write(text.getBytes(UTF_8));
    }
    hdfs().setTimes(file, LONG_AGO, -1);
  }

  @Test
  void filesLandOnceAndOneThatIsBeingWrittenWaits() throws IOException {
    Drop drop = Drop.of(storage, "lhdfs", FileFormat.NDJSON);
    String folder = hdfs().getUri() + "/drops/readings";
    write("/drops/readings/a.jsonl", "{\"n\":1}\n{\"n\":2}\n");
    write("/drops/readings/deeper/b.jsonl", "{\"n\":3}\n");
    write("/drops/readings/c.jsonl.tmp", "{\"n\":9}\n");
    org.apache.hadoop.fs.Path open = new org.apache.hadoop.fs.Path("/drops/readings/open.jsonl");
    try (FSDataOutputStream out = hdfs().create(open)) {
      String line = "{\"n\":4}\n";
      out.write(line.repeat((2 << 20) / line.length()).getBytes(UTF_8));
      out.hflush(); // a whole block stands, as if it were a shorter file
      hdfs().setTimes(open, LONG_AGO, -1);

      assertThat(drop.jobAt(folder).run()).isInstanceOf(JobOutcome.Done.class);

      assertThat(drop.values()).containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
      assertThat(drop.jobAt(folder).plan().lines()).anyMatch(line1 -> line1.contains("wait"));
    }
    hdfs().setTimes(open, LONG_AGO, -1);

    assertThat(drop.jobAt(folder).run()).isInstanceOf(JobOutcome.Done.class);
    assertThat(drop.values()).hasSize(3 + (2 << 20) / 8);
    assertThat(drop.jobAt(folder).run()).isInstanceOf(JobOutcome.NothingToDo.class);
    assertThat(drop.files()).isEqualTo(3);
    assertThat(List.copyOf(drop.index.aside(drop.table()).keySet())).isEmpty();
  }
}
