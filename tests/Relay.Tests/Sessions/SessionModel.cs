using System.Globalization;

namespace RtpProxy.Relay.Tests.Sessions;

/// <summary>
/// What the control protocol says of keys, legs and flags (sections 2.5, 6.1, 6.3 and 6.4), written down a second time and
/// as plainly as can be: it judges the replies that the relay gives to commands which <see cref="RandomCommands"/> makes up.
/// </summary>
internal sealed class SessionModel
{
    private readonly List<Line> _lines = [];
    private int _created;
    private int _complete;

    /// <summary>Carries out a command and compares what the relay answered.</summary>
    /// <returns>What should have been answered; null if it was.</returns>
    public string? Judge(RandomCommand command, string reply)
    {
        switch (command.Letter)
        {
            case 'U':
                return Update(command, reply);
            case 'L':
                return Lookup(command, reply);
            case 'D':
                return Expect(Delete(command) ? "0" : "E50", reply);
            case 'Q':
                return Expect((FindPlain(command) ?? FindAnswered(command)) is null ? "E50" : "60 0 0 0 0", reply);
            case 'G':
                return Expect($"{_created} {_created - _lines.Count} {_complete}", reply);
            default:
                _lines.Clear();
                return Expect("0", reply);
        }
    }

    private static string? Expect(string expected, string reply) => reply == expected ? null : expected;

    private string? Update(RandomCommand command, string reply)
    {
        (Line line, bool forward) = Find(command.Call, command.From, command.To) ?? (Create(command), true);
        line.Strong |= !command.Weak;
        line.OneTagTwice = command.From == command.To;
        line.Hear(forward ? command.To : command.From);
        return Answer(line, first: forward, command, reply);
    }

    private Line Create(RandomCommand command)
    {
        var line = new Line(command.Call, command.From);
        _lines.Add(line);
        _created++;
        return line;
    }

    private string? Lookup(RandomCommand command, string reply)
    {
        if (Find(command.Call, command.From, command.To) is not var (line, forward))
        {
            return Expect("0", reply);
        }

        // The answer to an offer in which one tag stood twice comes from whoever has another one.
        line.Hear(forward ? command.To : command.From);
        return Answer(line, first: !forward && !line.OneTagTwice, command, reply);
    }

    /// <summary>The answered leg gets its port, if it has none or a new one is wanted, and its weak flag.</summary>
    private string? Answer(Line line, bool first, RandomCommand command, string reply)
    {
        ref int port = ref first ? ref line.First : ref line.Second;
        (first ? ref line.FirstWeak : ref line.SecondWeak) |= command.Weak;
        if (port != 0 && !command.NewPort)
        {
            return Expect(port.ToString(CultureInfo.InvariantCulture), reply);
        }

        bool isNew = line.First == 0 && line.Second == 0;
        if (!isNew && !line.Complete)
        {
            line.Complete = true;
            _complete++;
        }

        bool isPort = int.TryParse(reply, NumberStyles.None, CultureInfo.InvariantCulture, out int told) && told % 2 == 0;
        if (!isPort || _lines.Exists(other => other.First == told || other.Second == told))
        {
            return "a port that no leg has";
        }

        port = told;
        return null;
    }

    private bool Delete(RandomCommand command)
    {
        // Written with two blanks, the one tag there is was read as a from-tag; only when it is nobody's it is a to-tag.
        string from = command.From.Length == 0 ? command.To! : command.From;
        string? to = command.From.Length == 0 ? null : command.To;
        bool found = false;
        foreach (Line line in LinesOf(command.Call))
        {
            bool forward = IsTagOrMediaOf(line.Tag, from);
            if (!forward && (to is null || !IsTagOrMediaOf(line.Tag, to)))
            {
                continue;
            }

            found = true;
            if (Clear(line, command.Weak, forward) && line.Tag == (forward ? from : to))
            {
                break;
            }
        }

        return found || DeleteAnswered(command);
    }

    /// <summary>The from-tag is nobody's: all lines that the to-tag's party answered, if one caller made them.</summary>
    private bool DeleteAnswered(RandomCommand command)
    {
        Line[] lines = [.. LinesOf(command.Call).Where(l => l.Answered is { } a && command.To is { } to && IsTagOrMediaOf(a, to))];
        if (IsSomebody(command) || lines.Select(l => Party(l.Tag)).Distinct().Count() != 1)
        {
            return false;
        }

        if (!command.To!.Contains(';', StringComparison.Ordinal))
        {
            // Nobody answered a line that was declined; it goes with the others of its caller.
            lines = [.. lines, .. LinesOf(command.Call).Where(l => l.Answered is null && Party(l.Tag) == Party(lines[0].Tag))];
        }

        Array.ForEach(lines, line => Clear(line, command.Weak, forward: true));
        return true;
    }

    /// <summary>Clears a flag; true when the line goes.</summary>
    private bool Clear(Line line, bool weak, bool forward)
    {
        line.Strong &= weak;
        line.SecondWeak &= !(weak && forward);
        line.FirstWeak &= !(weak && !forward);
        return !line.Strong && !line.FirstWeak && !line.SecondWeak && _lines.Remove(line);
    }

    private Line[] LinesOf(string call) => [.. _lines.Where(line => line.Call == call)];

    private bool IsSomebody(RandomCommand command) => command.From.Length > 0
        && LinesOf(command.Call).Any(l =>
            Party(l.Tag) == Party(command.From) || (l.Answered is { } answered && Party(answered) == Party(command.From)));

    private static string Party(string tag) => tag.Split(';')[0];

    private static bool IsTagOrMediaOf(string own, string tag) => (own + ";").StartsWith(tag + ";", StringComparison.Ordinal);

    private Line? FindPlain(RandomCommand command) => command.From.Length == 0
        ? Find(command.Call, command.To!, null)?.Line
        : Find(command.Call, command.From, command.To)?.Line;

    /// <summary>The one line that the to-tag's party answered, while the from-tag is nobody's.</summary>
    private Line? FindAnswered(RandomCommand command)
    {
        Line[] lines = IsSomebody(command)
            ? []
            : [.. LinesOf(command.Call).Where(l =>
                l.Answered is { } a && command.To is { } to && (a == to || IsNumbered(a, to, command.From)))];
        return lines is [Line only] ? only : null;
    }

    private (Line Line, bool Forward)? Find(string call, string from, string? toTag)
    {
        foreach (Line line in LinesOf(call))
        {
            if (line.Tag == from)
            {
                return (line, true);
            }

            if (toTag is { } to && (line.Tag == to || IsNumbered(line.Tag, to, from)))
            {
                return (line, false);
            }
        }

        return null;
    }

    // TAG;N of the to-tag, where the from-tag ends in the same ;N.
    private static bool IsNumbered(string tag, string to, string from) =>
        tag.StartsWith(to + ";", StringComparison.Ordinal) && from.Contains(';') && LastPart(tag) == LastPart(from);

    private static string LastPart(string tag) => tag[tag.LastIndexOf(';')..];

    /// <summary>One session: ports of its two legs, 0 while there is none, and its three flags.</summary>
    private sealed class Line(string call, string tag)
    {
        public readonly string Call = call;
        public readonly string Tag = tag;
        public int First;
        public int Second;
        public bool Strong;
        public bool FirstWeak;
        public bool SecondWeak;
        public bool Complete;
        public bool OneTagTwice;
        public string? Answered;

        public void Hear(string? tag) => Answered = tag is not null && Party(tag) != Party(Tag) ? tag : Answered;
    }
}
