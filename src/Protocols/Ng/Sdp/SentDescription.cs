namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What is remembered of the last description that was sent to a party.</summary>
/// <param name="PeerVersion">The version in the other party's <c>o=</c>; 0 when it is no number of 64 bits.</param>
/// <param name="Added">How much we have added to it.</param>
/// <param name="Fingerprint">Of the text with the peer's version in it (FNV-1a, 64 bits).</param>
public readonly record struct SentDescription(ulong PeerVersion, ulong Added, ulong Fingerprint)
{
    internal static SentDescription After(SentDescription? last, ulong peerVersion, string text, bool raises)
    {
        ulong fingerprint = FingerprintOf(text);
        bool grows = raises && last is { } sent && sent.PeerVersion == peerVersion && sent.Fingerprint != fingerprint;
        return new SentDescription(peerVersion, (last?.Added ?? 0) + (grows ? 1UL : 0), fingerprint);
    }

    private static ulong FingerprintOf(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }
}
