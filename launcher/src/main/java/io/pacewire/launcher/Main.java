package io.pacewire.launcher;

import io.pacewire.launcher.client.PlatformException;
import io.pacewire.platform.config.ConfigException;
import io.pacewire.stack.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "pacewire",
    mixinStandardHelpOptions = true,
    version = "Pacewire 0.1.0",
    description = "Open, self-hostable fitness telemetry.",
    footer = {
      "",
      "./pacewire test runs the project's own tests, with --full their long forms too.",
      "./pacewire bench measures speed; see ./pacewire bench --help."
    },
    subcommands = {
      UpCommand.class,
      ServeCommand.class,
      RevokeCommand.class,
      RecomputeCommand.class,
      ReplayCommand.class,
      BatchCommand.class,
      AccuracyCommand.class,
      DoctorCommand.class
    })
public final class Main implements Callable<Integer> {
  @Spec
  CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    configureLogging();
    CommandLine commandLine = new CommandLine(new Main());
    for (AddedCommand added : ServiceLoader.load(AddedCommand.class)) {
      commandLine.addSubcommand(added);
    }
    int status = commandLine
        .setExecutionExceptionHandler(Main::explain)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
    System.exit(status);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  /** What a person can mend is one line; anything else is a fault of ours and says where. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    Throwable file = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    boolean expected = failure instanceof StartException
        || failure instanceof StackException
        || failure instanceof ConfigException
        || failure instanceof PlatformException;
    if (expected) {
      System.err.println("pacewire: " + failure.getMessage());
    } else if (file instanceof FileSystemException unusable) {
      System.err.println("pacewire: " + unusable.getFile() + " cannot be used: " + fault(unusable));
    } else {
      System.err.println("pacewire: an unexpected failure, please report it");
      failure.printStackTrace();
    }
    return failure instanceof ConfigException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static String fault(FileSystemException failure) {
    String reason = failure.getReason();
    return reason != null
        ? reason
        : failure instanceof AccessDeniedException
            ? "permission denied"
            : failure instanceof FileAlreadyExistsException
                ? "it is there already and no directory"
                : failure instanceof NoSuchFileException ? "it is not there" : "no reason known";
  }

  private static void configureLogging() {
    try (InputStream in = Main.class.getResourceAsStream("logging.properties")) {
      if (in != null) {
        LogManager.getLogManager().readConfiguration(in);
      }
    } catch (IOException e) {
      System.err.println("pacewire: logging is not configured: " + e.getMessage());
    }
  }
}
