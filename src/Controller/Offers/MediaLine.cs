using System.Collections.Immutable;
using System.Text;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>One media description and what a command says of it.</summary>
/// <param name="Number">
/// 1 for the first of the message, counted over all its descriptions, refused media included.
/// </param>
/// <param name="Media">The media description.</param>
/// <param name="Connection">The address it uses.</param>
/// <param name="Text">The text that both are views of.</param>
internal sealed record MediaLine(int Number, SdpMedia Media, SdpAddress Connection, string Text)
{
    public string AddressText => Connection.Address.Copy(Text);

    /// <summary>Payload types joined by commas; null when the medium is not RTP or has none.</summary>
    public string? CodecList()
    {
        if (!Media.Transport.Contains("RTP", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Whatever is not a digit separates, so that "0 8 101" and "0,8,101" read alike.
        var list = new StringBuilder();
        char previous = ' ';
        foreach (char c in Media.Line.Formats.In(Text))
        {
            if (char.IsAsciiDigit(c))
            {
                list.Append(list.Length > 0 && !char.IsAsciiDigit(previous) ? "," : "").Append(c);
            }

            previous = c;
        }

        return list.Length == 0 ? null : list.ToString();
    }

    public static ImmutableArray<MediaLine> All(ImmutableArray<SdpBody> bodies)
    {
        ImmutableArray<MediaLine>.Builder lines = ImmutableArray.CreateBuilder<MediaLine>();
        foreach (SdpBody body in bodies)
        {
            foreach (SdpSession session in body.Sessions)
            {
                foreach (SdpMedia media in session.Media)
                {
                    lines.Add(new MediaLine(lines.Count + 1, media, session.ConnectionOf(media), body.Text));
                }
            }
        }

        return lines.DrainToImmutable();
    }
}
