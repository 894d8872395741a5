namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The third word of a media line.</summary>
internal static class ProtocolWord
{
    /// <summary>What the receiver of a description is told.</summary>
    public static string Of(MediaFate fate, SdpRewriting plan)
    {
        SdpMediaFacts media = fate.Media;
        if (media.Kind != SdpMediaKind.Rtp)
        {
            return Normal(media.Protocol);
        }

        SdpProfile asked = plan.Profile != SdpProfile.None ? plan.Profile : plan.KeptProfiles.ElementAtOrDefault(media.Index - 1);
        return fate.Offered is { Profile: not SdpProfile.None } offered && !plan.AcceptsProfile ? offered.Protocol
            : fate.Offered is null && asked != SdpProfile.None && asked != media.Profile ? asked.Token()
            : media.Protocol;
    }

    /// <summary>T.38 over UDPTL is registered in lower case, and some compare it so.</summary>
    public static string Normal(string protocol) =>
        protocol.Equals("udptl", StringComparison.OrdinalIgnoreCase) ? "udptl" : protocol;
}
