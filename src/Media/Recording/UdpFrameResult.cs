namespace RtpProxy.Media.Recording;

/// <summary>What a captured frame turned out to be.</summary>
internal enum UdpFrameResult
{
    /// <summary>A UDP datagram.</summary>
    Datagram,

    /// <summary>Something else than unfragmented UDP over IP; not our business.</summary>
    OtherTraffic,

    /// <summary>The frame ends within a header.</summary>
    TooShort,
}
