namespace RtpProxy.Io.Net.Hep;

/// <summary>What is in a HEP packet: chunk 0x000b.</summary>
public enum HepPayload : byte
{
    /// <summary>Reports of RTCP as JSON.</summary>
    RtcpJson = 5,

    /// <summary>How a stream fared, at its end, as JSON.</summary>
    StreamReport = 34,

    /// <summary>How a stream fares, now and then, as JSON.</summary>
    PeriodicReport = 35,

    /// <summary>A line of a log.</summary>
    Log = 100,
}
