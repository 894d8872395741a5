using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Recording;

/// <summary>Names of recordings inside their directory (media rules, section 7.2). They may contain what a peer made up: the
/// store refuses those that would leave the directory.</summary>
/// <param name="Rtp">The file of the RTP, or the single one.</param>
/// <param name="Rtcp">The file of the RTCP; not used when there is only one.</param>
internal readonly record struct RecordingNames(string Rtp, string Rtcp)
{
    /// <summary><c>R</c>: from call and tag; <c>.o</c> is what the caller, <c>.a</c> what the callee sends.</summary>
    public static RecordingNames Derive(Leg leg, bool isSingle)
    {
        Session session = leg.Session;
        string name = $"{session.CallId}={PartOf(session)}";
        if (isSingle)
        {
            return new RecordingNames($"{name}.pcap", "");
        }

        return Pair($"{name}.{(leg.Side == Side.Caller ? 'o' : 'a')}");
    }

    /// <summary><c>C</c>: as given.</summary>
    public static RecordingNames Given(string name, bool isSingle) =>
        isSingle ? new RecordingNames(name, "") : Pair(name);

    /// <summary>
    /// The tag without its media number for the first line of its party, so that names are as before there were numbers; a
    /// later line without a number gets one that no line has.
    /// </summary>
    private static string PartOf(Session session)
    {
        string party = TagRules.WithoutMedia(session.Tag);
        if (session.IsFirstMedia)
        {
            return party;
        }

        return party == session.Tag ? $"{party};0" : session.Tag;
    }

    private static RecordingNames Pair(string name) => new($"{name}.rtp", $"{name}.rtcp");
}
