namespace RtpProxy.TestKit.Ng;

/// <summary>
/// A conversation with a relay, requests that were recorded with what we answer:
/// <code>
/// OPTIONS plain                 how the relay is started
/// >> 1                          a request: keys with JSON values, lines of its description
/// command = "offer"
/// | v=0
/// &lt;&lt; 1                          the reply, in the same form; of parties a summary, a line each
/// &lt;&lt; 1 only 10.5                what rtpengine 10.5 answers, where that differs: it must
/// ** SEND 2 rtp from 127.0.7.50:4000 to &lt;P1> (payload type 0, SSRC 4097, 160 bytes of payload, sequence from 1)
/// *= 127.0.7.60:5000: 2 from &lt;P2>      what left the relay for it
/// ** WAIT 2.0 s
/// </code>
/// Ports of ours are &lt;P1>, &lt;P2> … in order of appearance in each call, the odd one of a pair &lt;P1+1>;
/// tags and call-ids that the relay makes up are &lt;TAG1>, &lt;TAG2> … in that order, its own o= says &lt;ID1>.
/// </summary>
public sealed record NgConversation(string Name, IReadOnlyList<string> Head, IReadOnlyList<NgConversationStep> Steps)
{
    public string Options => Head.Single(line => line.StartsWith("OPTIONS ", StringComparison.Ordinal))["OPTIONS ".Length..];

    public static NgConversation Read(string path)
    {
        List<string> head = [];
        List<NgConversationStep> steps = [];
        List<string> lines = head;
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            if (line.StartsWith(">> ", StringComparison.Ordinal) || line.StartsWith("** ", StringComparison.Ordinal))
            {
                lines = [];
                steps.Add(new NgConversationStep(line, lines));
            }
            else if (line.StartsWith("<< ", StringComparison.Ordinal) && line.Contains(" only ", StringComparison.Ordinal))
            {
                lines = [];
                steps[^1].Others.Add((line, lines));
            }
            else if (line.StartsWith("<< ", StringComparison.Ordinal))
            {
                lines = steps[^1].Told;
            }
            else
            {
                (line.StartsWith("*= ", StringComparison.Ordinal) ? steps[^1].Told : lines).Add(line);
            }
        }

        return new NgConversation(Path.GetFileNameWithoutExtension(path), head, steps);
    }

    /// <summary>The whole of it as text, with what was told now.</summary>
    public string Retell(IReadOnlyList<IReadOnlyList<string>> told)
    {
        List<string> lines = [.. Head];
        for (int i = 0; i < Steps.Count; i++)
        {
            NgConversationStep step = Steps[i];
            lines.AddRange(["", step.Head, .. step.Body, .. step.IsRequest ? [$"<< {step.Number}"] : Array.Empty<string>(), .. told[i]]);
            foreach ((string head, List<string> other) in step.Others)
            {
                lines.AddRange([head, .. other]);
            }
        }

        return string.Join('\n', lines) + "\n";
    }
}
