namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What the profiles are called and what they have in common.</summary>
public static class SdpProfiles
{
    private static readonly string[] Tokens =
        ["", "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF", "UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF"];

    /// <summary>The profile of a word, in any case; <see cref="SdpProfile.None"/> for every other word.</summary>
    public static SdpProfile Find(ReadOnlySpan<char> token)
    {
        for (int i = 1; i < Tokens.Length; i++)
        {
            if (token.Equals(Tokens[i], StringComparison.OrdinalIgnoreCase))
            {
                return (SdpProfile)i;
            }
        }

        return SdpProfile.None;
    }

    /// <summary>As it is written in a media line; empty for <see cref="SdpProfile.None"/>.</summary>
    public static string Token(this SdpProfile profile) => Tokens[(int)profile];

    /// <summary>True when packets are encrypted (SRTP).</summary>
    public static bool IsSecure(this SdpProfile profile) => profile >= SdpProfile.Savp;

    /// <summary>True when the keys come from a hand-shake beside the media, not from the description.</summary>
    public static bool IsDtls(this SdpProfile profile) => profile >= SdpProfile.DtlsSavp;

    /// <summary>True when <c>a=rtcp-fb</c> has a meaning.</summary>
    public static bool HasFeedback(this SdpProfile profile) =>
        profile is SdpProfile.Avpf or SdpProfile.Savpf or SdpProfile.DtlsSavpf;
}
