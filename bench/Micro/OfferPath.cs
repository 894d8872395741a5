using BenchmarkDotNet.Attributes;
using RtpProxy.TestKit.Operations;

namespace RtpProxy.Micro;

/// <summary>What an offer costs a controller beside the waiting for the relay.</summary>
public class OfferPath
{
    private readonly RewriteOffer _offer = new();

    [Benchmark]
    public void RewriteOffer() => _offer.Run();
}
