using System.Globalization;
using System.Net;
using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>A sender: an address, and a port unless any will do.</summary>
/// <param name="Address">With port 0.</param>
/// <param name="Port">Null for any.</param>
internal readonly record struct SourceAddress(Endpoint Address, ushort? Port)
{
    public static SourceAddress Of(in Endpoint source) => new(source.WithPort(0), source.Port);

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.1:5004</c>, <c>2001:db8::1</c> or <c>[2001:db8::1]:5004</c>.</summary>
    /// <returns>Null for anything else.</returns>
    public static SourceAddress? Parse(string text)
    {
        if (IPAddress.TryParse(text, out IPAddress? alone) && !text.StartsWith('['))
        {
            return new SourceAddress(Endpoint.From(alone, 0), null);
        }

        int colon = text.LastIndexOf(':');
        if (colon <= 0)
        {
            return null;
        }

        string host = text[..colon];
        bool isPort = ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port);
        bool isBracketed = host.StartsWith('[') && host.EndsWith(']');
        return isPort && (isBracketed || !host.Contains(':')) && IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address)
            ? new SourceAddress(Endpoint.From(address, 0), port)
            : null;
    }

    public bool Matches(in Endpoint source) => source.WithPort(0) == Address && (Port is null || Port == source.Port);
}
