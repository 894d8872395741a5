using System.Net;

namespace RtpProxy.EndToEnd.Phones;

/// <summary>A datagram as it reached a phone.</summary>
public sealed record Arrival(IPEndPoint Source, byte[] Datagram);
