using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>Who sends to whom. An ad-hoc recording does not know the receiver.</summary>
internal readonly record struct Flow(Endpoint Source, Endpoint Destination)
{
    public override string ToString() => $"{Source} > {Destination}";
}
