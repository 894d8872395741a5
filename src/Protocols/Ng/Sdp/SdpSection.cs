using System.Collections.Immutable;
using System.Net;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The lines before the first <c>m=</c>, or those from one <c>m=</c> to the next.</summary>
/// <param name="Lines">At least one.</param>
/// <param name="Attributes">The <c>a=</c> lines among them.</param>
/// <param name="Connection">The place of the section's own <c>c=</c>.</param>
/// <param name="Address">The address in it.</param>
internal sealed record SdpSection(
    ReadOnlyMemory<SdpLine> Lines, ImmutableArray<SdpAttribute> Attributes, SdpAddress? Connection, IPAddress? Address)
{
    public SdpAttribute? Find(string text, string name)
    {
        foreach (SdpAttribute attribute in Attributes)
        {
            if (attribute.Is(text, name))
            {
                return attribute;
            }
        }

        return null;
    }

    public bool Has(string text, string name) => Find(text, name) is not null;

    public string? ValueOf(string text, string name) => Find(text, name)?.Value?.Copy(text);
}
