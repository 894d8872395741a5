using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Interop;

/// <summary>Sizes and offsets that the kernel's headers prescribe on 64-bit machines.</summary>
public sealed unsafe class LayoutTests
{
    [Fact]
    public void An_epoll_event_is_12_bytes_on_x86_64_and_16_elsewhere() =>
        EpollEventBuffer.Stride.ShouldBe(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16);

    [Fact]
    public void Questions_to_the_driver_of_a_network_card_have_the_sizes_of_its_header()
    {
        Unsafe.SizeOf<LibC.ifreq>().ShouldBe(40);
        Unsafe.SizeOf<LibC.ethtool_drvinfo>().ShouldBe(196);
        Unsafe.SizeOf<LibC.ethtool_gstrings>().ShouldBe(12);
        Unsafe.SizeOf<LibC.ethtool_stats>().ShouldBe(8);
    }

    [Fact]
    public void Tags_come_back_from_the_kernel_in_their_places()
    {
        using var epoll = new EpollSet();
        using var events = new EpollEventBuffer(4);
        using WakeSignal first = new(), second = new(), third = new();
        epoll.Add(first.Descriptor, 0x7FFFFFFF).ShouldBe(Errno.None);
        epoll.Add(second.Descriptor, -1).ShouldBe(Errno.None);
        epoll.Add(third.Descriptor, 17).ShouldBe(Errno.None);
        first.Raise();
        second.Raise();
        third.Raise();

        int count = epoll.Wait(events, maySleep: true);

        count.ShouldBe(3);
        Enumerable.Range(0, count).Select(events.TagAt).ShouldBe([0x7FFFFFFF, -1, 17], ignoreOrder: true);
    }

    [Fact]
    public void Structures_have_the_sizes_of_the_C_library()
    {
        Unsafe.SizeOf<SockAddr>().ShouldBe(28);
        Unsafe.SizeOf<LibC.timespec>().ShouldBe(16);
        Unsafe.SizeOf<LibC.itimerspec>().ShouldBe(32);
        Unsafe.SizeOf<LibC.rlimit>().ShouldBe(16);
        Unsafe.SizeOf<LibC.iovec>().ShouldBe(16);
        Unsafe.SizeOf<LibC.msghdr>().ShouldBe(56);
        Unsafe.SizeOf<LibC.cmsghdr>().ShouldBe(16);
        Unsafe.SizeOf<LibC.flock_range>().ShouldBe(32);
        Unsafe.SizeOf<LibC.statx_timestamp>().ShouldBe(16);
        Unsafe.SizeOf<LibC.statx_result>().ShouldBe(256);
    }

    [Fact]
    public void The_fields_of_msghdr_and_statx_lie_where_C_puts_them()
    {
        Marshal.OffsetOf<LibC.msghdr>(nameof(LibC.msghdr.msg_iov)).ShouldBe(16);
        Marshal.OffsetOf<LibC.msghdr>(nameof(LibC.msghdr.msg_control)).ShouldBe(32);
        Marshal.OffsetOf<LibC.msghdr>(nameof(LibC.msghdr.msg_flags)).ShouldBe(48);
        Marshal.OffsetOf<LibC.statx_result>(nameof(LibC.statx_result.stx_mode)).ShouldBe(28);
        Marshal.OffsetOf<LibC.statx_result>(nameof(LibC.statx_result.stx_ino)).ShouldBe(32);
        Marshal.OffsetOf<LibC.statx_result>(nameof(LibC.statx_result.stx_mtime)).ShouldBe(112);
        Marshal.OffsetOf<LibC.statx_result>(nameof(LibC.statx_result.stx_dev_major)).ShouldBe(136);
    }

    [Theory]
    [InlineData("192.0.2.1", 5004)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("255.255.255.255", 65535)]
    [InlineData("2001:db8::1", 1)]
    [InlineData("fe80::1%3", 40000)]
    [InlineData("::ffff:192.0.2.1", 9)]
    public void An_endpoint_survives_the_way_through_a_sockaddr(string address, int port)
    {
        Endpoint endpoint = Endpoint.From(IPAddress.Parse(address), port);

        SockAddr.From(endpoint, out uint length).ToEndpoint().ShouldBe(endpoint);

        length.ShouldBe(endpoint.IsIPv4 ? 16u : 28u);
    }

    [Fact]
    public void A_sockaddr_is_in_network_order()
    {
        SockAddr address = SockAddr.From(Endpoint.From(IPAddress.Parse("192.0.2.1"), 0x1234), out uint length);

        MemoryMarshal.AsBytes(new ReadOnlySpan<SockAddr>(in address))[..(int)length].ToArray()
            .ShouldBe([2, 0, 0x12, 0x34, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_sockaddr_of_another_family_is_nobody()
    {
        SockAddr address = default;

        address.ToEndpoint().IsKnown.ShouldBeFalse();
    }
}
