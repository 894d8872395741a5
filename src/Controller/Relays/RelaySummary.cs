namespace RtpProxy.Controller.Relays;

/// <summary>What <c>I</c> answers (control protocol, section 3.14).</summary>
/// <param name="SessionsCreated">Since the start of the node.</param>
/// <param name="ActiveSessions">Sessions, one for each medium of a call.</param>
/// <param name="ActiveStreams">RTP streams, two for each session.</param>
/// <param name="PacketsReceived">RTP and RTCP, since the start.</param>
/// <param name="PacketsTransmitted">Relayed and played, since the start.</param>
public sealed record RelaySummary(
    long SessionsCreated, long ActiveSessions, long ActiveStreams, long PacketsReceived, long PacketsTransmitted)
{
    /// <summary>Reads <c>name: number</c> lines in any order; lines of other names are passed over.</summary>
    /// <returns>Null if one of the five is missing or no number.</returns>
    public static RelaySummary? TryParse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Dictionary<string, long> values = [];
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && long.TryParse(
                line.AsSpan(colon + 1).Trim(),
                System.Globalization.NumberStyles.None,
                System.Globalization.CultureInfo.InvariantCulture,
                out long value))
            {
                values[line[..colon].Trim()] = value;
            }
        }

        return values.TryGetValue("sessions created", out long created)
            && values.TryGetValue("active sessions", out long active)
            && values.TryGetValue("active streams", out long streams)
            && values.TryGetValue("packets received", out long received)
            && values.TryGetValue("packets transmitted", out long transmitted)
                ? new RelaySummary(created, active, streams, received, transmitted)
                : null;
    }
}
