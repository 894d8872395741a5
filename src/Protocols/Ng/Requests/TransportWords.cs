using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// Words of <c>rtpp-flags</c> that make up a transport protocol together: <c>SRTP AVPF</c> is <c>RTP/SAVPF</c>; a full name
/// sets it as a whole, and the last word wins (ng protocol, 2.5).
/// </summary>
internal struct TransportWords
{
    private bool _isSrtp;
    private bool _hasFeedback;
    private bool _isDtls;

    /// <summary>False for a word that says nothing of the protocol.</summary>
    public bool TryAdd(ReadOnlySpan<char> word, out SdpProfile profile)
    {
        profile = SdpProfile.None;
        switch (word)
        {
            case "RTP":
                _isSrtp = _isDtls = false;
                break;
            case "SRTP":
                _isSrtp = true;
                break;
            case "AVP":
                _hasFeedback = false;
                break;
            case "AVPF":
                _hasFeedback = true;
                break;
            case "DTLS":
                _isDtls = true;
                break;
            default:
                SdpProfile whole = SdpProfiles.Find(word);
                if (whole == SdpProfile.None)
                {
                    return false;
                }

                _isSrtp = whole.IsSecure();
                _isDtls = whole.IsDtls();
                _hasFeedback = whole.HasFeedback();
                break;
        }

        profile = (_isDtls, _isSrtp, _hasFeedback) switch
        {
            (true, _, false) => SdpProfile.DtlsSavp,
            (true, _, true) => SdpProfile.DtlsSavpf,
            (_, true, false) => SdpProfile.Savp,
            (_, true, true) => SdpProfile.Savpf,
            (_, _, false) => SdpProfile.Avp,
            _ => SdpProfile.Avpf,
        };
        return true;
    }
}
