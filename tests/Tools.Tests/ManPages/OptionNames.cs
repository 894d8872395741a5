using System.Text.RegularExpressions;

namespace RtpProxy.Tools.Tests.ManPages;

/// <summary>Options as a text shows them: name with its dashes, and the name of its argument, empty if it takes none.</summary>
internal static partial class OptionNames
{
    /// <summary>Those of a <c>--help</c> text: lines that begin with dashes, what they mean behind two blanks.</summary>
    public static SortedDictionary<string, string> OfHelp(string text)
    {
        SortedDictionary<string, string> options = new(StringComparer.Ordinal);
        foreach (Match line in HelpLine().Matches(text))
        {
            string shown = line.Groups["options"].Value.Replace("(REQUIRED)", "", StringComparison.Ordinal);
            Add(options, shown.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));
        }

        return options;
    }

    /// <summary>Those of an item of a list of mdoc(7): <c>.It Fl l , Fl -limit Ar N</c>.</summary>
    public static void AddItem(SortedDictionary<string, string> options, string line)
    {
        List<string> words = [];
        bool isOption = false;
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            switch (word)
            {
                case "Fl":
                    isOption = true;
                    break;
                case "Ar":
                    isOption = false;
                    break;
                case "," or "Ns" or "Op" or "=":
                    break;
                default:
                    words.Add(isOption ? $"-{word}" : word);
                    break;
            }
        }

        if (words is [['-', ..], ..])
        {
            Add(options, words);
        }
    }

    // --name, --name=ARGUMENT, --name[=ARGUMENT]; an argument behind the names is that of all of them.
    private static void Add(SortedDictionary<string, string> options, IReadOnlyList<string> words)
    {
        Match[] names = [.. words.Where(word => word.StartsWith('-')).Select(word => Name().Match(word))];
        string argument = names.Select(name => name.Groups["argument"].Value)
            .Concat(words.Where(word => !word.StartsWith('-')).Select(word => word.TrimStart('<').TrimEnd('>')))
            .FirstOrDefault(text => text.Length > 0, "");
        foreach (Match name in names)
        {
            options[name.Groups["name"].Value] = argument;
        }
    }

    [GeneratedRegex(@"^ +(?<options>-\S.*?)(?:  |$)", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^(?<name>--?[^\[=]+)(\[?=(?<argument>[^\]]+)\]?)?$")]
    private static partial Regex Name();
}
