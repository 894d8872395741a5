using System.Globalization;

namespace RtpProxy.TestKit.Conversations;

/// <summary>Reads the lines of a <c>.talk</c> file. Used once.</summary>
internal sealed class ConversationParser(string name, string text)
{
    private static readonly PortRange DefaultPorts = new(27000, 27999);

    private readonly string[] _lines = text.ReplaceLineEndings("\n").Split('\n');
    private readonly List<string> _options = [];
    private readonly List<Transport> _transports = [];
    private readonly List<ConversationFile> _files = [];
    private readonly List<string> _directories = [];
    private readonly List<Step> _steps = [];
    private string _title = "";
    private PortRange _ports = DefaultPorts;
    private Framing _framing = Framing.Command;
    private int _index;

    public Conversation Parse()
    {
        while (_index < _lines.Length)
        {
            int line = _index + 1;
            try
            {
                ParseLine(line);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"{name}.talk, line {line}: {fault.Message}", fault);
            }
        }

        if (_transports.Count == 0)
        {
            throw new FormatException($"{name}.talk: expected a line \"transport\"");
        }

        return new Conversation(name, _title, _options, _ports, _transports, _framing, _files, _directories, _steps);
    }

    private void ParseLine(int line)
    {
        string content = _lines[_index++];
        (string word, string rest) = Split(content);
        switch (word)
        {
            case "":
                break;
            case ['#', ..]:
                _title = _title.Length == 0 ? content.TrimStart('#', ' ') : _title;
                break;
            case "daemon":
                ParseOptions(rest);
                break;
            case "transport":
                ParseTransports(rest);
                break;
            case "framing":
                _framing = ParseName<Framing>(rest);
                break;
            case "file":
                (string path, string contents) = Split(rest);
                _files.Add(new ConversationFile(NotEmpty(path, "a path"), TalkText.Decode(contents)));
                break;
            case "directory":
                _directories.Add(NotEmpty(rest, "a path"));
                break;
            case ">":
                _steps.Add(new Step.Exchange(line, TalkText.Decode(rest), ParseReply()));
                break;
            case "wait":
                _steps.Add(new Step.Wait(line, ParseTime(rest)));
                break;
            case "signal":
                _steps.Add(new Step.Signal(line, NotEmpty(rest, "the name of a signal")));
                break;
            case "connect":
                _steps.Add(new Step.Connect(line));
                break;
            case "open":
                _steps.Add(new Step.Open(line));
                break;
            case "closed":
                _steps.Add(new Step.Closed(line));
                break;
            case "exit":
                _steps.Add(new Step.Exit(line, ParseNumber(rest)));
                break;
            default:
                throw new FormatException(
                    $"\"{word}\" is none of # daemon transport framing file directory > wait signal connect open closed exit");
        }
    }

    /// <summary>
    /// The <c>&lt;</c> lines that follow a request, or <c>silence</c>; comments may stand before them.
    /// </summary>
    private ReplyPattern? ParseReply()
    {
        while (_index < _lines.Length && _lines[_index].StartsWith('#'))
        {
            _index++;
        }

        var lines = new List<string>();
        while (_index < _lines.Length && Split(_lines[_index]) is ("<", var reply))
        {
            lines.Add(reply);
            _index++;
        }

        if (lines.Count > 0)
        {
            return ReplyPattern.Parse(lines);
        }

        if (_index < _lines.Length && _lines[_index] == "silence")
        {
            _index++;
            return null;
        }

        throw new FormatException("expected \"<\" or \"silence\" after the request");
    }

    private void ParseOptions(string rest)
    {
        string[] words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "-m":
                    _ports = _ports with { Min = ParsePort(words, ++i) };
                    break;
                case "-M":
                    _ports = _ports with { Max = ParsePort(words, ++i) };
                    break;
                case "-s":
                    throw new FormatException("the control socket is the runner's: expected a line \"transport\" instead of -s");
                default:
                    _options.Add(words[i]);
                    break;
            }
        }
    }

    private void ParseTransports(string rest)
    {
        foreach (string word in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "any")
            {
                _transports.AddRange(Enum.GetValues<Transport>());
            }
            else
            {
                _transports.Add(ParseName<Transport>(word));
            }
        }
    }

    private static ushort ParsePort(string[] words, int index) =>
        index < words.Length && ushort.TryParse(words[index], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            ? port
            : throw new FormatException("expected a port after -m or -M");

    private static T ParseName<T>(string word)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw new FormatException($"\"{word}\" is none of {string.Join(' ', Enum.GetNames<T>())}");
    }

    private static TimeSpan ParseTime(string rest) =>
        rest.EndsWith('s')
        && double.TryParse(
            rest.AsSpan(0, rest.Length - 1),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException("expected a time such as 2.3s");

    private static int ParseNumber(string rest) =>
        int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException("expected a decimal number");

    private static string NotEmpty(string text, string expected) =>
        text.Length > 0 ? text : throw new FormatException($"expected {expected}");

    /// <summary>The first word and what follows the one space after it.</summary>
    private static (string First, string Behind) Split(string content)
    {
        int space = content.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (content, "") : (content[..space], content[(space + 1)..]);
    }
}
