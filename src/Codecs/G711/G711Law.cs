namespace RtpProxy.Codecs.G711;

/// <summary>The two companding laws of ITU-T G.711.</summary>
public enum G711Law
{
    /// <summary>Payload type 0, North America and Japan.</summary>
    MuLaw,

    /// <summary>Payload type 8, elsewhere.</summary>
    ALaw,
}
