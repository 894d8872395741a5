using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Tests.Options;

/// <summary>Parses command lines on the machine of <see cref="KnownNames"/>.</summary>
internal static class CommandLine
{
    public static CommandLineOutcome Parse(params string[] arguments) =>
        CommandLineOptions.Parse(arguments, new KnownNames(), new ConfigurationTexts(new KeptAnswers()));

    /// <summary>The options of a line that is right.</summary>
    public static DaemonOptions Options(params string[] arguments) => Run(arguments).Options;

    /// <summary>The same, with the settings that they were made of.</summary>
    public static RunDaemon Run(params string[] arguments)
    {
        return Parse(arguments) switch
        {
            RunDaemon run => run,
            EndProgram end => throw new ShouldAssertException($"refused: {end.Error}{end.Output}"),
            var other => throw new ShouldAssertException($"{other}"),
        };
    }

    /// <summary>What standard error shows for a line that is wrong; the exit status is 1 and there is no output.</summary>
    public static string Fault(params string[] arguments)
    {
        EndProgram end = Parse(arguments).ShouldBeOfType<EndProgram>();
        end.Status.ShouldBe(1);
        end.Output.ShouldBeEmpty();
        return end.Error;
    }
}
