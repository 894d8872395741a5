using System.Collections.Immutable;
using RtpProxy.Io.Posix.Getopt;

namespace RtpProxy.Daemon.Options;

/// <summary>
/// Every option, once: what getopt_long(3) is told, the help, the keys of configuration files and the documents' checks are
/// made from this table.
/// </summary>
internal static partial class OptionTable
{
    private const int FirstLongCode = 256; // above all letters

    // Whatever begins one of these, and no other of them, has always been enough to name it.
    private static readonly string[] OriginalNames =
    [
        "bridge_symmetric", "config", "dso", "force_asymmetric", "nice", "no_redirect", "no_resolve", "overload_prot",
    ];

    /// <summary>In the order of the help.</summary>
    public static ImmutableArray<Option> All { get; } =
    [
        .. OfAddresses(), .. OfControl(), .. OfMedia(), .. OfRecording(), .. OfTelling(), .. OfWatching(), .. OfProcess(), .. Questions(),
    ];

    /// <summary>Those that can stand in a configuration file.</summary>
    public static IEnumerable<Option> Keys => All.Where(option => option.IsKey);

    /// <summary>The letters as getopt(3) wants to know them: a colon after a letter says that it takes an argument.</summary>
    public static string Letters { get; } = string.Concat(
        All.Where(option => option.Letter is not (null or (char)ScannedOption.Question))
            .Select(option => option.Letter + (option.Argument is null ? "" : ":")));

    /// <summary>The long names as getopt_long(3) wants to know them, and the old abbreviations.</summary>
    public static IReadOnlyList<LongOption> LongOptions { get; } =
    [
        .. All.SelectMany(option => option.Names.Select(name => new LongOption(name, RuleOf(option), CodeOf(option))))
            .OrderBy(option => option.Name, StringComparer.Ordinal),
        .. OriginalNames.SelectMany(AbbreviationsOf),
    ];

    /// <summary>The option that a code of getopt means.</summary>
    public static Option ByCode(int code) => code >= FirstLongCode
        ? All[code - FirstLongCode]
        : All.First(option => option.Letter == code);

    /// <summary>The option of a long name; null if there is none.</summary>
    public static Option? Find(string name) => All.FirstOrDefault(option => option.Names.Contains(name));

    // Of its long names also where it has a letter, so that a fault is told of the name that was given.
    private static int CodeOf(Option option) => FirstLongCode + All.IndexOf(option);

    private static ArgumentRule RuleOf(Option option) => option.Value switch
    {
        OptionValue.Question => ArgumentRule.None,
        OptionValue.Switch or OptionValue.SwitchOrNumber or OptionValue.SwitchOrText => ArgumentRule.Optional,
        _ => ArgumentRule.Required,
    };

    // A name that is there in full is taken before any that it begins: so new options make no old abbreviation ambiguous.
    private static IEnumerable<LongOption> AbbreviationsOf(string name)
    {
        Option option = Find(name)!;
        for (int length = name.Length - 1; length > 0; length--)
        {
            string start = name[..length];
            bool isEnough = OriginalNames.Count(other => other.StartsWith(start, StringComparison.Ordinal)) == 1;
            if (isEnough && Find(start) is null)
            {
                yield return new LongOption(start, RuleOf(option), CodeOf(option)) { IsAbbreviation = true };
            }
        }
    }
}
