using System.Collections.Immutable;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Hosting;
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
    /// <param name="texts">Asked for the file of options.</param>
    public static CommandLineOutcome Parse(IReadOnlyList<string> arguments, ISystemNames names, ConfigurationTexts texts)
    {
        GetoptScan scan = GetoptScan.Of(arguments, OptionTable.Letters, OptionTable.LongOptions);
        OptionReader reader = new(names);
        OptionReader aside = new(names);
        Dictionary<Option, int> switchedOff = LastFalse(scan.Options);
        List<Setting> settings = [];
        foreach ((int place, ScannedOption scanned) in scan.Options.Index())
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

            Setting setting = new(option, scanned.Argument, scanned.Code == option.Letter ? $"-{option.Letter}" : $"--{option.Name}");
            settings.Add(setting);
            bool isUndone = switchedOff.TryGetValue(option, out int last) && place < last;
            if ((isUndone ? aside : reader).Read(setting) is { } fault)
            {
                return Refuse($"rtpproxy: {setting.Refuse(fault)}\n");
            }
        }

        if (scan.Operands is [string surplus, ..])
        {
            return Refuse(
                $"rtpproxy: '{PeerText.OneLine(surplus)}' belongs to no option; expected options and their arguments only{WithPort(surplus, settings)}\n{Usage.Synopsis}");
        }

        return ReadFile(reader, settings, names, texts) is { } wrong
            ? Refuse($"rtpproxy: {wrong}\n")
            : new RunDaemon(reader.Options, new Settings([.. settings]), texts);
    }

    /// <summary>Options that the command line gives are as it says, lists too; the file's are only looked at then.</summary>
    private static string? ReadFile(OptionReader reader, List<Setting> settings, ISystemNames names, ConfigurationTexts texts)
    {
        if (settings.FindLast(IsFile) is not { } file)
        {
            return null;
        }

        if (TomlFile.Read(file, texts, out ImmutableArray<Setting> found) is { } wrong)
        {
            return wrong;
        }

        HashSet<Option> given = [.. settings.Where(setting => !IsFile(setting)).Select(setting => setting.Option)];
        OptionReader aside = new(names);
        foreach (Setting setting in found)
        {
            bool isOverridden = given.Contains(setting.Option);
            ValueFault? fault = IsFile(setting)
                ? new("a file in the original's form", "a file of options names no other one")
                : (isOverridden ? aside : reader).Read(setting);
            if (fault is not null)
            {
                return setting.Refuse(fault);
            }

            if (!isOverridden)
            {
                settings.Add(setting);
            }
        }

        return null;
    }

    private static bool IsFile(Setting setting) =>
        setting is { Option.Name: "config", Argument: { } path } && TomlFile.IsNamed(path);

    /// <summary>Where each switch is switched off for the last time: what stands before that does not count.</summary>
    private static Dictionary<Option, int> LastFalse(IReadOnlyList<ScannedOption> options)
    {
        Dictionary<Option, int> places = [];
        foreach ((int place, ScannedOption scanned) in options.Index())
        {
            if (scanned is { Argument: "false", Code: not ScannedOption.Faulty }
                && OptionTable.ByCode(scanned.Code) is { Value: OptionValue.Switch or OptionValue.SwitchOrNumber } option)
            {
                places[option] = place;
            }
        }

        return places;
    }

    // "-s udp:127.0.0.1 7722" is copied from page to page.
    private static string WithPort(string surplus, List<Setting> settings) =>
        surplus.All(char.IsAsciiDigit)
        && settings.FindLast(setting => setting.Option.Name == "control") is { Argument: { } argument }
        && argument.Count(c => c == ':') == 1
        && ControlSocketText.Parse(argument) is { Port.Length: > 0 }
            ? PeerText.OneLine($", or -s {argument}:{surplus}")
            : "";

    private static string Suggest(string written)
    {
        string name = written.Split('=')[0];
        if (name.StartsWith("--", StringComparison.Ordinal) && RtpengineOption.Here(name[2..]) is { } here)
        {
            return $"; what rtpengine has it for is here {here}";
        }

        // One that begins a name is short of something else, which the fault says.
        string[] known = [.. OptionTable.All.SelectMany(option => option.Names)];
        string? near = name.StartsWith("--", StringComparison.Ordinal) && !known.Any(other => other.StartsWith(name[2..], StringComparison.Ordinal))
            ? Spelling.Nearest(name[2..], known)
            : null;
        return near is null ? "" : $"; did you mean --{near}?";
    }

    private static EndProgram Refuse(string error) => new(1, "", error);
}
