using System.Collections.Immutable;
using RtpProxy.Daemon.Configuration;
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
        List<Setting> settings = [];
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

        if (scan.Operands is [string surplus, ..])
        {
            return Refuse($"rtpproxy: '{PeerText.OneLine(surplus)}' belongs to no option; expected options and their arguments only\n{Usage.Synopsis}");
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

    private static string Suggest(string written)
    {
        string name = written.Split('=')[0];
        if (name.StartsWith("--", StringComparison.Ordinal) && RtpengineOption.Here(name[2..]) is { } here)
        {
            return $"; what rtpengine has it for is here {here}";
        }

        string? near = name.StartsWith("--", StringComparison.Ordinal)
            ? Spelling.Nearest(name[2..], OptionTable.All.SelectMany(option => option.Names))
            : null;
        return near is null || near == name[2..] ? "" : $"; did you mean --{near}?";
    }

    private static EndProgram Refuse(string error) => new(1, "", error);
}
