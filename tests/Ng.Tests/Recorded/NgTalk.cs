using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Tests.Recorded;

/// <summary>
/// The requests of a recorded conversation and what was answered to them. Read for the words only: replies keep their first
/// level, and only keys whose value stands on one line.
/// </summary>
internal static partial class NgTalk
{
    public static IReadOnlyList<NgTalkStep> Read(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Conversations", "Ng");
        var steps = new List<NgTalkStep>();
        NgTalkStep? step = null;
        List<NgEntry>? entries = null;
        foreach (string line in File.ReadLines(Directory.GetFiles(folder, name + "-*.talk").Single()))
        {
            if (line.StartsWith(">> ", StringComparison.Ordinal))
            {
                step = new NgTalkStep { IsJson = line.Contains("(JSON)", StringComparison.Ordinal) };
                steps.Add(step);
                entries = step.Request;
            }
            else if (line.StartsWith("<< ", StringComparison.Ordinal))
            {
                entries = [];
                step!.Replies.Add(entries);
            }
            else if (line.StartsWith("RAW ", StringComparison.Ordinal))
            {
                byte[] bytes = Encoding.Latin1.GetBytes(JsonSerializer.Deserialize<string>(line[4..])!);
                step!.Raw = step.Raw is null ? bytes : step.Raw;
                step.RawReply = bytes;
            }
            else if (line is "NONE")
            {
                step!.RawReply = null;
            }
            else if (line.StartsWith("| ", StringComparison.Ordinal))
            {
                AddLine(entries!, line[2..]);
            }
            else if (KeyAndValue().Match(line) is { Success: true } match)
            {
                AddValue(entries!, match.Groups[1].Value, match.Groups[2].Value);
            }
        }

        return steps;
    }

    private static void AddLine(List<NgEntry> entries, string line)
    {
        int index = entries.FindIndex(entry => entry.Key == "sdp");
        string text = index < 0 ? string.Empty : entries[index].Value.Text!;
        entries.RemoveAll(entry => entry.Key == "sdp");
        entries.Add(new NgEntry("sdp", new NgValue(text + line + "\r\n")));
    }

    private static void AddValue(List<NgEntry> entries, string key, string json)
    {
        NgDictionary? value = NgJson.Read(Encoding.UTF8.GetBytes($"{{\"value\":{json}}}"), out _);
        if (value is not null)
        {
            entries.Add(new NgEntry(key, value["value"]));
        }
    }

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9 ._-]*) = (.*)$")]
    private static partial Regex KeyAndValue();
}
