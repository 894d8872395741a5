using System.Text;

namespace RtpProxy.Daemon.Options;

/// <summary>What <c>--help</c> shows, made from the <see cref="OptionTable"/>.</summary>
internal static class Usage
{
    private const int MeaningColumn = 34;
    private const int Width = 110;

    private static readonly (OptionGroup Group, string Heading)[] Groups =
    [
        (OptionGroup.Addresses, "Addresses and ports"),
        (OptionGroup.Control, "Control"),
        (OptionGroup.Media, "Media"),
        (OptionGroup.Recording, "Recording"),
        (OptionGroup.Telling, "Calls told to others"),
        (OptionGroup.Watching, "Watching"),
        (OptionGroup.Process, "Process"),
        (OptionGroup.Questions, "Print and end"),
    ];

    /// <summary>What a command line looks like, in a few lines: shown after one that cannot be understood.</summary>
    public static string Synopsis { get; } = Fold(
        "usage: rtpproxy",
        [
            $"[-{Letters(option => option.Value == OptionValue.Switch)}]",
            .. OptionTable.All
                .Where(option => option is { Letter: not null, Argument: not null })
                .Select(option => $"[-{option.Letter} {option.Argument}]{(option.Repeats ? "..." : "")}"),
            "[--NAME[=VALUE]]...",
        ]) + $"       rtpproxy -{string.Join(" | -", Letters(option => option.Value == OptionValue.Question).AsEnumerable())}\n"
        + "rtpproxy --help tells what they mean.\n";

    /// <summary>Every option, with what it means.</summary>
    public static string Text { get; } = Describe();

    private static string Letters(Func<Option, bool> isOne) =>
        string.Concat(OptionTable.All.Where(option => option.Letter is not null && isOne(option)).Select(option => option.Letter));

    private static string Describe()
    {
        StringBuilder text = new();
        text.Append(
            """
            usage: rtpproxy [OPTION]...
            A relay of RTP. Options are read from left to right; long names may be cut as long as they are unique.

            """);
        foreach ((OptionGroup group, string heading) in Groups)
        {
            text.Append('\n').Append(heading).Append('\n');
            foreach (Option option in OptionTable.All.Where(option => option.Group == group))
            {
                text.Append(Describe(option));
            }
        }

        return text.ToString();
    }

    private static string Describe(Option option)
    {
        string letter = option.Letter is { } c ? $"-{c}," : "   ";
        string argument = (option.Argument, option.Value) switch
        {
            (null, _) => "",
            (var name, OptionValue.SwitchOrNumber or OptionValue.SwitchOrText) => $"[={name}]",
            var (name, _) => $" {name}",
        };
        string head = $"  {letter} --{option.Name}{argument}";
        string meaning = option.Default is { } value ? $"{option.Meaning} ({value})" : option.Meaning;
        return head.Length < MeaningColumn - 1
            ? Fold(head.PadRight(MeaningColumn - 1), meaning.Split(' '))
            : head + "\n" + Fold(new string(' ', MeaningColumn - 1), meaning.Split(' '));
    }

    /// <summary>Words behind a beginning, in lines that start below the first of them.</summary>
    private static string Fold(string beginning, IEnumerable<string> words)
    {
        StringBuilder text = new();
        StringBuilder line = new(beginning);
        bool isEmpty = true;
        foreach (string word in words)
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', beginning.Length);
            }

            line.Append(' ').Append(word);
            isEmpty = false;
        }

        return text.Append(line).Append('\n').ToString();
    }
}
