package dev.sluice.raw.files;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.DropFolder;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.catalog.position.DropSequence;
import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Lane;
import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.publishing.Lake;
import dev.sluice.catalog.run.FailureKind;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.catalog.tables.OutcomeUnknown;
import dev.sluice.catalog.tables.Refused;
import dev.sluice.raw.ExplainLandingFailure;
import dev.sluice.raw.RawTable;
import dev.sluice.raw.Turns;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands the files of a folder in the raw table of a data set and a tenant: each record's bytes as
 * they are, each content once, whatever its name. Files that still change wait; files that cannot
 * be read are set aside with their reason; neither stops the others. The files stay where they are.
 *
 * <p>Whole files land in one commit with the numbers they get, so a crash leaves no part of one.
 */
public final class LandFilesInRaw {
  static final String STEP = "land-files";

  private static final Logger LOG = LoggerFactory.getLogger(LandFilesInRaw.class);
  private static final int FILES_AT_ONCE = 2_000;

  private final RawTable table;
  private final DropFolder form;
  private final ReadDropFolder folder;
  private final FileIndex index;
  private final Clock clock;
  private final Lane lane;
  private final SurveyFolder survey;

  /**
   * @param location where the files lie; a path or URI of any file system that Hadoop knows
   * @param pause lets time pass while files settle
   * @param turns with the landing of a topic into the same table
   * @throws IllegalArgumentException when the contract names no folder
   */
  public LandFilesInRaw(
      Lake lake,
      String location,
      DataContract contract,
      TenantId tenant,
      FileIndex index,
      RunContext run,
      Clock clock,
      Consumer<Duration> pause,
      Turns turns) {
    this.table = new RawTable(lake, contract, tenant, run, turns);
    this.form =
        contract
            .source()
            .folder()
            .orElseThrow(
                () -> new IllegalArgumentException("Contract " + contract + " names no folder"));
    this.folder = new ReadDropFolder(location, LookAtFiles.hadoop(lake.spark()));
    this.index = index;
    this.clock = clock;
    this.lane = Lane.ofDrop(contract.id());
    this.survey = new SurveyFolder(folder, index, table.name(), form.settle(), clock, pause);
  }

  /** Lands what is there now, in bounded batches, and ends. */
  public JobOutcome run() {
    try {
      table.createIfMissing();
      Head head = table.head();
      new CatchUpIndex(table, index, lane).to(head);
      return land(head, survey.settled());
    } catch (Refused | OutcomeUnknown e) {
      return ExplainLandingFailure.of(e, table).orElseThrow(() -> e);
    } catch (IOException e) {
      return unreachable(e);
    }
  }

  /**
   * What a run would take now, file by file; reads the files, and changes nothing but the index.
   */
  public JobPlan plan() {
    try {
      Head head = table.head();
      new CatchUpIndex(table, index, lane).to(head);
      Survey now = survey.atOnce();
      List<LookedAt> looked = looks().at(now.fresh());
      Map<FileMark, Aside> before =
          index.aside(table.name(), now.known().stream().map(FoundFile::mark).toList());
      return FilePlan.of(table.name(), folder, now, next(head), sortedOut(looked), looked, before);
    } catch (IOException e) {
      return new JobPlan(List.of(message(e)), false);
    }
  }

  private JobOutcome land(Head head, Survey found) throws IOException {
    LandingCounts counts = new LandingCounts();
    counts.waiting(found.waiting().size());
    long next = next(head);
    LookAtFiles looks = looks();
    for (int from = 0; from < found.fresh().size(); from += FILES_AT_ONCE) {
      int until = Math.min(found.fresh().size(), from + FILES_AT_ONCE);
      next = land(head, next, looks, found.fresh().subList(from, until), counts);
    }
    counts.notLanded().forEach(line -> LOG.info("{}: {}", table.name(), line));
    return counts.anyLanded()
        ? new JobOutcome.Done(counts.figures(table.contract(), table.tenant()))
        : new JobOutcome.NothingToDo(nothing(counts));
  }

  /** Lands some of the files; gives the number of the next. */
  private long land(
      Head head, long first, LookAtFiles looks, List<FoundFile> files, LandingCounts counts) {
    List<LookedAt> looked = looks.at(files);
    SortedOut sorted = sortedOut(looked);
    looked.stream().filter(l -> l.aside().isPresent()).forEach(counts::aside);
    counts.copies(sorted.known().stream().filter(SeenFile::copy).count());
    sorted.later().forEach(counts::later);
    index.add(table.name(), sorted.known(), new FileIndex.Reach(head.epoch(), first));
    LandPortion portions =
        new LandPortion(table, lane, FileForm.of(table.contract(), form), looks, clock);
    Map<String, Long> numbers = new HashMap<>();
    long next = first;
    for (List<LookedAt> portion : sorted.portions(table.contract().source().maxRowsPerBatch())) {
      LandPortion.Landed landed = portions.from(next, portion);
      landed.left().forEach(counts::later);
      landed.files().forEach(file -> numbers.put(file.looked().sha256(), file.number()));
      next += landed.files().size();
      index.add(
          table.name(),
          landed.files().stream().map(NumberedFile::seen).toList(),
          new FileIndex.Reach(head.epoch(), next));
      counts.landed(landed.rows(), landed.files().size());
    }
    List<SeenFile> copies = sorted.copiesOf(numbers);
    counts.copies(copies.size());
    counts.waiting(sorted.copies().size() - copies.size());
    index.add(table.name(), copies, new FileIndex.Reach(head.epoch(), next));
    return next;
  }

  private SortedOut sortedOut(List<LookedAt> looked) {
    List<String> contents = new ArrayList<>();
    looked.stream().map(LookedAt::sha256).filter(s -> !s.isEmpty()).forEach(contents::add);
    return SortedOut.of(looked, index.landed(table.name(), contents));
  }

  private LookAtFiles looks() {
    return new LookAtFiles(table.lake().spark(), FileForm.of(table.contract(), form));
  }

  private long next(Head head) {
    return DropSequence.file(head.lanes().at(lane));
  }

  private String nothing(LandingCounts counts) {
    String text = table.name() + " has all that can be landed from " + folder;
    return counts.notLanded().isEmpty()
        ? text
        : text + "; " + String.join("; ", counts.notLanded());
  }

  private JobOutcome unreachable(IOException e) {
    boolean setup =
        e instanceof org.apache.hadoop.security.AccessControlException
            || e instanceof org.apache.hadoop.fs.UnsupportedFileSystemException
            || e instanceof java.nio.file.AccessDeniedException;
    return new JobOutcome.Failed(setup ? FailureKind.SETUP : FailureKind.TRANSIENT, message(e));
  }

  private String message(IOException e) {
    return "Expected to be able to list "
        + folder
        + "; got "
        + e.getClass().getSimpleName()
        + ". Check the contract's folder, its file system's settings (spark.hadoop.fs...) and what"
        + " this user may read";
  }
}
