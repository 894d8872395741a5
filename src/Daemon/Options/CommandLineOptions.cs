using System.Collections.Immutable;
using RtpProxy.Io.Posix.Getopt;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Daemon.Options;

/// <summary>Reads the command line (control protocol, sections 10.1 and 10.2).</summary>
internal static class CommandLineOptions
{
    /// <summary>
    /// Options count from left to right: the first wrong one ends the program, so <c>-V</c>, <c>-v</c> and <c>-C</c>
    /// win only over faults to their right.
    /// </summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="names">Asked about users, groups and the hosts of <c>-n</c>.</param>
    public static CommandLineOutcome Parse(IReadOnlyList<string> arguments, ISystemNames names)
    {
        GetoptScan scan = GetoptScan.Of(arguments, OptionTable.Letters, OptionTable.LongOptions);
        OptionReader reader = new(names);
        ImmutableArray<Setting>.Builder settings = ImmutableArray.CreateBuilder<Setting>();
        foreach (ScannedOption scanned in scan.Options)
        {
            if (scanned.Code == ScannedOption.Faulty)
            {
                return Refuse($"rtpproxy: {scanned.Fault}{Suggest(scanned.Argument ?? "")}\n{Usage.Synopsis}");
            }

            Option option = OptionTable.ByCode(scanned.Code);
            if (option.Answer is { } answer)
            {
                return new EndProgram(0, answer(), "");
            }

            string place = scanned.Code == option.Letter ? $"-{option.Letter}" : $"--{option.Name}";
            Setting setting = new(option, scanned.Argument, place);
            settings.Add(setting);
            if (reader.Read(setting) is { } fault)
            {
                return Refuse($"rtpproxy: {setting.Refuse(fault)}\n");
            }
        }

        return scan.Operands is [string surplus, ..]
            ? Refuse($"rtpproxy: '{PeerText.OneLine(surplus)}' belongs to no option; expected options and their arguments only\n{Usage.Synopsis}")
            : new RunDaemon(reader.Options, new Settings(settings.ToImmutable()));
    }

    private static string Suggest(string written)
    {
        string name = written.Split('=')[0];
        string? near = name.StartsWith("--", StringComparison.Ordinal)
            ? Spelling.Nearest(name[2..], OptionTable.All.SelectMany(option => option.Names))
            : null;
        return near is null || near == name[2..] ? "" : $"; did you mean --{near}?";
    }

    private static EndProgram Refuse(string error) => new(1, "", error);
}
