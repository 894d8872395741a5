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
                return Expect(Find(command) is null ? "E50" : "60 0 0 0 0", reply);
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
        (Line line, bool forward) = Find(command) ?? (Create(command), true);
        line.Strong |= !command.Weak;
        return Answer(line, first: forward, command, reply);
    }

    private Line Create(RandomCommand command)
    {
        var line = new Line(command.Call, command.From);
        _lines.Add(line);
        _created++;
        return line;
    }

    private string? Lookup(RandomCommand command, string reply) => Find(command) is var (line, forward)
        ? Answer(line, first: !forward, command, reply)
        : Expect("0", reply);

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
        bool found = false;
        foreach (Line line in _lines.Where(line => line.Call == command.Call).ToArray())
        {
            bool forward = IsTagOrMediaOf(line, command.From);
            if (!forward && (command.To is null || !IsTagOrMediaOf(line, command.To)))
            {
                continue;
            }

            found = true;
            line.Strong &= command.Weak;
            line.SecondWeak &= !(command.Weak && forward);
            line.FirstWeak &= !(command.Weak && !forward);
            if (line.Strong || line.FirstWeak || line.SecondWeak)
            {
                continue;
            }

            _lines.Remove(line);
            if (line.Tag == (forward ? command.From : command.To))
            {
                break;
            }
        }

        return found;
    }

    private static bool IsTagOrMediaOf(Line line, string tag) => (line.Tag + ";").StartsWith(tag + ";", StringComparison.Ordinal);

    private (Line Line, bool Forward)? Find(RandomCommand command)
    {
        foreach (Line line in _lines.Where(line => line.Call == command.Call))
        {
            if (line.Tag == command.From)
            {
                return (line, true);
            }

            if (command.To is { } to && (line.Tag == to || IsNumbered(line.Tag, to, command.From)))
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
    }
}
