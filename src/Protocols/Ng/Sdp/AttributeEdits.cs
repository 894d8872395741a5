using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// The attribute lines of a description that is written already, as a controller wants them (ng protocol, 4.3: <c>sdp-attr</c>): also
/// those that are ours. Of media that is refused there is nothing to say.
/// </summary>
internal static class AttributeEdits
{
    // Lines that we may add to a media description.
    private const int Ours = 5;

    /// <summary>The rules cannot make of a description what is longer than one that would be read.</summary>
    public static bool Fit(SdpFacts facts, ImmutableArray<AttributeRule> rules) => Fit([facts], rules);

    /// <param name="sources">What the description is made of.</param>
    public static bool Fit(IReadOnlyCollection<SdpFacts> sources, ImmutableArray<AttributeRule> rules)
    {
        if (rules.IsEmpty)
        {
            return true;
        }

        int sections = 1 + sources.Sum(facts => facts.Media.Length);
        int attributes = sources.Sum(facts =>
            facts.Session.Attributes.Length + facts.Media.Sum(media => Ours + media.Section.Attributes.Length));
        int added = rules.Where(rule => rule.Action == AttributeAction.Add).Sum(rule => rule.Text.Length + "a=\r\n".Length);
        int longest = rules.Max(rule => rule.Substitute.Length);
        return sources.Sum(facts => facts.Text.Length) + (sections * added) + (attributes * longest) <= SdpFacts.MaxLength;
    }

    public static string Apply(string body, string lineEnd, ImmutableArray<AttributeRule> rules)
    {
        if (rules.IsEmpty)
        {
            return body;
        }

        var edits = new SdpEdits(body, lineEnd);
        SdpLine[] lines = SdpLine.Split(body, new TextSpan(0, body.Length));
        string? section = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Type == 'm')
            {
                section = TypeOf(body, lines[i]);
            }
            else if (lines[i].Type == 'a' && section is not null)
            {
                Edit(lines[i], section, rules, edits);
            }

            if (section is not null && (i + 1 == lines.Length || lines[i + 1].Type == 'm'))
            {
                AddBehind(lines[i], section, rules, edits);
            }
        }

        return edits.Apply();
    }

    // The first rule that finds a line holds.
    private static void Edit(SdpLine line, string section, ImmutableArray<AttributeRule> rules, SdpEdits edits)
    {
        foreach (AttributeRule rule in rules)
        {
            if (rule.Action == AttributeAction.Add || rule.Media != section || !rule.Finds(line.Value.In(edits.Text)))
            {
                continue;
            }

            if (rule.Action == AttributeAction.Remove)
            {
                edits.Remove(line.Line);
            }
            else
            {
                edits.Replace(line.Value, rule.Substitute);
            }

            return;
        }
    }

    private static void AddBehind(SdpLine line, string section, ImmutableArray<AttributeRule> rules, SdpEdits edits)
    {
        foreach (AttributeRule rule in rules)
        {
            if (rule.Action == AttributeAction.Add && rule.Media == section)
            {
                edits.AddBehind(line.Line, "a=" + rule.Text);
            }
        }
    }

    /// <summary>Null for a line with port 0.</summary>
    private static string? TypeOf(string body, SdpLine title)
    {
        int position = title.Value.Start;
        TextSpan type = SdpWords.Next(body, ref position, title.Value.End);
        TextSpan port = SdpWords.Next(body, ref position, title.Value.End);
        return port.In(body) is "0" ? null : type.Copy(body).ToLowerInvariant();
    }
}
