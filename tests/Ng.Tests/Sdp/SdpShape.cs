namespace RtpProxy.Protocols.Ng.Tests.Sdp;

/// <summary>
/// A description as two relays that arrange lines differently must agree on it: media lines in order, the lines of each in
/// any order, and the address that each uses wherever its <c>c=</c> stands.
/// </summary>
public static class SdpShape
{
    public static string Of(IEnumerable<string> lines)
    {
        List<List<string>> sections = [[]];
        foreach (string line in lines)
        {
            if (line.StartsWith("m=", StringComparison.Ordinal))
            {
                sections.Add([]);
            }

            sections[^1].Add(line);
        }

        string? shared = ConnectionOf(sections[0]);
        return string.Join("\n--\n", sections.Select((section, i) => ShapeOf(section, i == 0, shared)));
    }

    private static string ShapeOf(List<string> section, bool isSession, string? shared)
    {
        IEnumerable<string> others = section
            .Skip(isSession ? 0 : 1)
            .Where(line => !line.StartsWith("c=", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        if (isSession)
        {
            return string.Join('\n', others);
        }

        string connection = section[0].Split(' ')[1] == "0" ? "nowhere" : ConnectionOf(section) ?? shared ?? "unknown";
        return string.Join('\n', [section[0], connection, .. others]);
    }

    private static string? ConnectionOf(List<string> section) =>
        section.Find(line => line.StartsWith("c=", StringComparison.Ordinal));
}
