using System.Net;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Rtp;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Hep;

public sealed class RtcpRingTests
{
    private static readonly Endpoint Source = Endpoint.From(IPAddress.Parse("192.0.2.1"), 5001);
    private static readonly Endpoint Local = Endpoint.From(IPAddress.Parse("10.0.0.9"), 40_001);

    [Fact]
    public void What_goes_in_comes_out_in_order_as_often_as_it_goes_round()
    {
        var ring = new RtcpRing();
        for (int i = 0; i < 5 * RtcpRing.Capacity; i++)
        {
            ring.OnRtcp($"call{i}", Source, Local, i, [(byte)i, 1, 2]);
            ring.OnRtcp("other", Source, Local, i, []);

            ring.TryPeek(out HepHeader header, out ReadOnlySpan<byte> datagram).ShouldBeTrue();
            header.ShouldBe(new HepHeader(HepPayload.RtcpJson, Source, Local, i, $"call{i}"));
            datagram.ToArray().ShouldBe([(byte)i, 1, 2]);
            ring.Release();
            ring.TryPeek(out _, out datagram).ShouldBeTrue();
            datagram.IsEmpty.ShouldBeTrue();
            ring.Release();
        }

        ring.TryPeek(out _, out _).ShouldBeFalse();
        ring.Lost.ShouldBe(0);
    }

    [Fact]
    public void What_finds_no_room_is_counted_and_spoils_nothing()
    {
        var ring = new RtcpRing();
        ring.OnRtcp("long", Source, Local, 0, new byte[RtcpRing.MaxLength + 1]);
        for (int i = 0; i < RtcpRing.Capacity + 3; i++)
        {
            ring.OnRtcp("call", Source, Local, i, [(byte)i]);
        }

        ring.Lost.ShouldBe(4);
        for (int i = 0; i < RtcpRing.Capacity; i++)
        {
            ring.TryPeek(out _, out ReadOnlySpan<byte> datagram).ShouldBeTrue();
            datagram[0].ShouldBe((byte)i);
            ring.Release();
        }

        ring.TryPeek(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_threads_lose_nothing_that_is_not_counted()
    {
        var ring = new RtcpRing();
        const int Count = 200_000;
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                ring.OnRtcp("call", Source, Local, i, BitConverter.GetBytes(i));
            }
        });
        int read = 0;
        long last = -1;
        while (!writing.IsCompleted || read + ring.Lost < Count)
        {
            if (ring.TryPeek(out HepHeader header, out ReadOnlySpan<byte> datagram))
            {
                header.WallMicroseconds.ShouldBeGreaterThan(last);
                last = header.WallMicroseconds;
                BitConverter.ToInt32(datagram).ShouldBe((int)last);
                ring.Release();
                read++;
            }
        }

        await writing;
        (read + ring.Lost).ShouldBe(Count);
    }

    [Fact]
    public void A_worker_allocates_nothing_for_it()
    {
        var ring = new RtcpRing();
        byte[] report = new byte[100];

        Allocations.AssertNone(() =>
        {
            ring.OnRtcp("call", Source, Local, 1, report);
            ring.TryPeek(out _, out _);
            ring.Release();
        });
    }
}
