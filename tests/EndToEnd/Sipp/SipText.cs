namespace RtpProxy.EndToEnd.Sipp;

/// <summary>A SIP message as a phone saw it: start line, headers by name, body.</summary>
public sealed class SipText
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    public SipText(string message)
    {
        string[] parts = message.Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n", 2);
        string[] lines = parts[0].Split('\n');
        StartLine = lines[0];
        Body = parts.Length > 1 ? parts[1] : "";
        foreach (string line in lines.Skip(1))
        {
            if (line.Split(':', 2) is [var name, var value])
            {
                _headers.TryAdd(name.Trim(), value.Trim());
            }
        }
    }

    public string StartLine { get; }

    public string Body { get; }

    /// <summary>The first header of this name.</summary>
    public string? this[string header] => _headers.GetValueOrDefault(header);

    public SdpText? Sdp => Body.Length == 0 ? null : new SdpText(Body);
}
