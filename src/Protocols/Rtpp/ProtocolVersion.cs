namespace RtpProxy.Protocols.Rtpp;

/// <summary>What <c>V</c>, <c>VF</c> and the option <c>-v</c> say (control protocol, section 3.1).</summary>
internal static class ProtocolVersion
{
    /// <summary>The reply to <c>V</c>.</summary>
    public const string Base = "20040107";

    private const string TimeoutNotifications = "20081224";

    /// <summary>Every extension, in the order of <c>-v</c>. The texts are the original's, oddities included.</summary>
    public static IReadOnlyList<Capability> Capabilities { get; } =
    [
        new(Base, "Basic RTP proxy functionality"),
        new("20050322", "Support for multiple RTP streams and MOH"),
        new("20060704", "Support for extra parameter in the V command"),
        new("20071116", "Support for RTP re-packetization"),
        new("20071218", "Support for forking (copying) RTP stream"),
        new("20080403", "Support for RTP statistics querying"),
        new("20081102", "Support for setting codecs in the update/lookup command"),
        new(TimeoutNotifications, "Support for session timeout notifications"),
        new("20090810", "Support for automatic bridging"),
        new("20140323", "Support for tracking/reporting load"),
        new("20140617", "Support for anchoring session connect time"),
        new("20141004", "Support for extendable performance counters"),
        new("20150330", "Support for allocating a new port (\"Un\"/\"Ln\" commands)"),
        new("20150420", "Support for SEQ tracking and new rtpa_ counters; Q command extended"),
        new("20150617", "Support for the wildcard %%CC_SELF%% as a disconnect notify target"),
        new("20191015", "Support for the && sub-command specifier"),
        new("20200226", "Support for the N command to stop recording"),
        new("20230205", "Support for \"rtpa_nlost\" counter; extend catch_dtmf module with \"h\" modifier"),
        new("20230314", "Support for for \"fusing\" G and D commands"),
        new("20230424", "Support for for \"longest_ipi\", \"rtpa_jlast\", \"rtpa_jmax\" and \"rtpa_javg\" counters"),
        new("20250523", "Support for the \"P\" modifier in the C command"),
        new("20251015", "Support for changing session's ttl / IP tos via S subcommand"),
        new("20260306", "Support for address labels in the \"Ul\"/\"Ll\" commands"),
        new("20260308", "Support for single-shot dual-leg setup via \"U ... && L ...\""),
        new("20260309", "Support for forking both streams via \"C\" sub-command"),
    ];

    /// <summary>The answer to <c>VF date</c>; compares the text, not the date it means.</summary>
    /// <param name="notificationsEnabled">At least one notification target is permitted (<c>-n</c>).</param>
    public static bool IsSupported(string date, bool notificationsEnabled) =>
        (notificationsEnabled || date != TimeoutNotifications)
        && Capabilities.Any(capability => capability.Date == date);
}
