using System.Globalization;

namespace RtpProxy.EndToEnd.Sipp;

/// <summary>What the tests look at in a session description (RFC 8866).</summary>
public sealed class SdpText
{
    public SdpText(string body)
    {
        string? sessionConnection = null;
        var media = new List<SdpMedia>();
        foreach (string line in body.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 2))
        {
            string value = line[2..];
            switch (line[0])
            {
                case 'o':
                    Origin = string.Join(' ', value.Split(' ')[4..]);
                    break;
                case 'c' when media.Count == 0:
                    sessionConnection = value["IN ".Length..];
                    break;
                case 'c':
                    media[^1] = media[^1] with { Connection = value["IN ".Length..] };
                    break;
                case 'm':
                    string[] words = value.Split(' ');
                    media.Add(new SdpMedia(words[0], int.Parse(words[1], CultureInfo.InvariantCulture),
                        string.Join(' ', words[3..]), sessionConnection ?? "", []));
                    break;
                case 'a' when value == "nortpproxy:yes":
                    Markers++;
                    break;
                case 'a' when media.Count > 0:
                    media[^1].Attributes.Add(value);
                    break;
                default:
                    break;
            }
        }

        Media = media;
    }

    /// <summary>Family and address of the o= line: <c>IP4 127.0.0.1</c>.</summary>
    public string Origin { get; } = "";

    public IReadOnlyList<SdpMedia> Media { get; }

    /// <summary>How many a=nortpproxy lines there are: one for each relay that has rewritten this SDP.</summary>
    public int Markers { get; }
}
