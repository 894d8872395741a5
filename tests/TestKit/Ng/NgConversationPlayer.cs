using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.TestKit.Ng;

/// <summary>Plays conversations (<see cref="NgConversation"/>) to a relay, whatever kind of relay it is.</summary>
/// <param name="lowestPort">Of the relay.</param>
/// <param name="highestPort">The same.</param>
public abstract partial class NgConversationPlayer(int lowestPort, int highestPort)
{
    private readonly List<string> _descriptions = []; // of replies, by their numbers
    private readonly List<string> _madeUp = []; // tags and call-ids

    protected OurPorts Ports { get; } = new(lowestPort, highestPort);

    /// <summary>What comes back, by step.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Play(NgConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        List<IReadOnlyList<string>> told = [];
        foreach (NgConversationStep step in conversation.Steps)
        {
            told.Add(
                step.IsRequest ? [.. Ask(step)]
                : Pause().Match(step.Head) is { Success: true } pause ? WaitFor(TimeSpan.FromSeconds(double.Parse(pause.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
                : Send(step.Head));
        }

        return told;
    }

    /// <summary>The reply to a dictionary, without cookies.</summary>
    protected abstract byte[] Ask(byte[] dictionary);

    /// <summary>What leaves the relay for the packets that a line speaks of, a line for each party.</summary>
    protected abstract IReadOnlyList<string> Send(string line);

    protected abstract void Wait(TimeSpan time);

    private string[] WaitFor(TimeSpan time)
    {
        Wait(time);
        return [];
    }

    private IEnumerable<string> Ask(NgConversationStep step)
    {
        NgDictionary request = ReadRequest(step.Body);
        Ports.CallId = request["call-id"].Text ?? "";
        byte[] bytes = Ask(Bencoded.Write(new NgValue(request)));
        NgDictionary reply = Bencode.Read(bytes) ?? throw new InvalidDataException(Encoding.Latin1.GetString(bytes));
        _descriptions.Add(reply["sdp"].Text ?? "");
        return ReplyText.Of(reply, Ports).Select(WithoutChance);
    }

    /// <summary>What a relay makes up is named in order of appearance, as its ports are.</summary>
    private string WithoutChance(string line)
    {
        line = LoopMark().Replace(line, "a=rtpengine:<INST1>");
        line = OwnOrigin().Replace(line, "o=- <ID1> IN");
        return MadeUpTag().Replace(line, match =>
        {
            int known = _madeUp.IndexOf(match.Value);
            if (known < 0)
            {
                known = _madeUp.Count;
                _madeUp.Add(match.Value);
            }

            return string.Create(CultureInfo.InvariantCulture, $"\"<TAG{known + 1}>\"");
        });
    }

    private NgDictionary ReadRequest(IReadOnlyList<string> lines)
    {
        List<NgEntry> entries = [];
        StringBuilder? description = null;
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].StartsWith('|'))
            {
                (description ??= new StringBuilder()).Append(lines[i].Length > 2 ? lines[i][2..] : "").Append("\r\n");
                continue;
            }

            string[] parts = lines[i].Split(" = ", 2);
            if (EarlierReply().Match(parts[1]) is { Success: true } earlier)
            {
                description = new StringBuilder(_descriptions[int.Parse(earlier.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1]);
                continue;
            }

            string value = parts[1];
            for (; i + 1 < lines.Count && lines[i + 1].StartsWith(' '); i++)
            {
                value += lines[i + 1];
            }

            entries.Add(new NgEntry(parts[0], Read(JsonDocument.Parse(value).RootElement)));
        }

        return description is null ? new NgDictionary([.. entries]) : new NgDictionary([.. entries, new NgEntry("sdp", new NgValue(description.ToString()))]);
    }

    private static NgValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new NgValue(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(json.GetString()!))),
        JsonValueKind.Number => new NgValue(json.GetInt64()),
        JsonValueKind.Array => new NgValue([.. json.EnumerateArray().Select(Read)]),
        _ => new NgValue(new NgDictionary([.. json.EnumerateObject().Select(member => new NgEntry(member.Name, Read(member.Value)))])),
    };

    [GeneratedRegex(@"^\*\* WAIT ([0-9.]+) s")]
    private static partial Regex Pause();

    [GeneratedRegex(@"^\(the sdp of reply (\d+)\)$")]
    private static partial Regex EarlierReply();

    [GeneratedRegex("a=rtpengine:[0-9a-f]{32}")]
    private static partial Regex LoopMark();

    [GeneratedRegex("o=- [0-9]{16} [0-9]+ IN")]
    private static partial Regex OwnOrigin();

    [GeneratedRegex("\"[0-9a-f]{32}\"")]
    private static partial Regex MadeUpTag();
}
