using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Requests;

// The string "rtpp-flags" (ng protocol, 2.5): words and keys, and words that exist only there.
internal sealed partial class RequestFields
{
    private void ReadString(string text)
    {
        var transport = default(TransportWords);
        var flags = new FlagStringReader(text);
        while (flags.TryRead(out ReadOnlySpan<char> word, out NgValue value))
        {
            if (value.Kind != NgValueKind.None)
            {
                ReadKey(word, value);
            }
            else if (word is "internal" or "external")
            {
                AddInterface(word.ToString());
            }
            else if (transport.TryAdd(word, out SdpProfile profile))
            {
                Options.Profile = profile;
            }
            else
            {
                ReadFlag(word.ToString());
            }
        }
    }
}
