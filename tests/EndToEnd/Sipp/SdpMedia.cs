namespace RtpProxy.EndToEnd.Sipp;

/// <summary>One m= line; <paramref name="Connection"/> is family and address, <c>IP4 127.0.0.1</c>, of its own or of the session.</summary>
public sealed record SdpMedia(string Kind, int Port, string Formats, string Connection, List<string> Attributes)
{
    public bool IsRefused => Port == 0;

    public bool IsOnHold => Connection is "IP4 0.0.0.0" or "IP6 ::";

    public string Address => Connection.Split(' ')[1];

    public string Family => Connection.Split(' ')[0];
}
