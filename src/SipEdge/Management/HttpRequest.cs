using System.Globalization;

namespace RtpProxy.SipEdge.Management;

/// <summary>One HTTP/1.1 request (RFC 9112), as much of it as the management interface looks at.</summary>
/// <param name="Host">The Host field without its port; empty if absent.</param>
internal sealed record HttpRequest(string Method, string Path, string Host, string ContentType, string Body)
{
    /// <param name="text">What has been received, as Latin-1.</param>
    public static HttpParse TryParse(string text, out HttpRequest? request)
    {
        request = null;
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return HttpParse.Incomplete;
        }

        string[] lines = text[..end].Split("\r\n");
        if (lines[0].Split(' ') is not [var method, ['/', ..] path, "HTTP/1.1" or "HTTP/1.0"])
        {
            return HttpParse.Malformed;
        }

        string host = "";
        string contentType = "";
        int length = 0;
        bool hasLength = false;
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                return HttpParse.Malformed;
            }

            string value = line[(colon + 1)..].Trim();
            switch (line[..colon].ToUpperInvariant())
            {
                case "HOST":
                    host = WithoutPort(value);
                    break;
                case "CONTENT-TYPE":
                    contentType = value.Split(';')[0].Trim();
                    break;
                case "CONTENT-LENGTH" when hasLength || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out length):
                case "TRANSFER-ENCODING":
                    return HttpParse.Malformed;
                case "CONTENT-LENGTH":
                    hasLength = true;
                    break;
                default:
                    break;
            }
        }

        string rest = text[(end + 4)..];
        if (rest.Length < length)
        {
            return HttpParse.Incomplete;
        }

        request = new HttpRequest(method, path, host, contentType, rest[..length]);
        return HttpParse.Complete;
    }

    private static string WithoutPort(string host)
    {
        if (host.StartsWith('['))
        {
            return host.Split(']')[0].TrimStart('[');
        }

        return host.Split(':')[0];
    }
}
