using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Tests.Relays;

public sealed class RelayAddressTests
{
    [Theory]
    [InlineData("udp:127.0.0.1:9000", RelayTransport.Udp, "127.0.0.1", 9000)]
    [InlineData("UDP:127.0.0.1:9000", RelayTransport.Udp, "127.0.0.1", 9000)]
    [InlineData("udp:relay.example.com", RelayTransport.Udp, "relay.example.com", 22222)]
    [InlineData("udp:127.0.0.1:", RelayTransport.Udp, "127.0.0.1", 22222)]
    [InlineData("udp6:::1:22222", RelayTransport.Udp6, "::1", 22222)]
    [InlineData("udp6:::1:", RelayTransport.Udp6, "::1", 22222)]
    [InlineData("udp6:[::1]:9", RelayTransport.Udp6, "::1", 9)]
    [InlineData("tcp6:[::1]", RelayTransport.Tcp6, "::1", 22222)]
    [InlineData("udp6:2001:db8::1:9000", RelayTransport.Udp6, "2001:db8::1", 9000)]
    [InlineData("tcp:localhost:1", RelayTransport.Tcp, "localhost", 1)]
    [InlineData("unix:/run/r.sock", RelayTransport.Unix, "/run/r.sock", 0)]
    [InlineData("cunix:/run/r.sock", RelayTransport.CUnix, "/run/r.sock", 0)]
    [InlineData("/run/r.sock", RelayTransport.Unix, "/run/r.sock", 0)]
    [InlineData("./foo:bar", RelayTransport.Unix, "./foo:bar", 0)]
    [InlineData("unix:foo:bar", RelayTransport.Unix, "foo:bar", 0)]
    [InlineData("/run/a:5", RelayTransport.Unix, "/run/a:5", 0)]
    [InlineData("r.sock", RelayTransport.Unix, "r.sock", 0)]
    public void An_address_is_read_as_the_module_reads_it(string url, RelayTransport transport, string host, int port)
    {
        RelayAddress address = RelayAddress.Parse(url);

        (address.Transport, address.Host, address.Port, address.Url).ShouldBe((transport, host, port, url));
    }

    [Theory]
    [InlineData("", "expected udp:HOST:PORT")]
    [InlineData("udp:", "names no host")]
    [InlineData("udp::5", "names no host")]
    [InlineData("udp:h:0", "expected 1 to 65535")]
    [InlineData("udp:h:65536", "expected 1 to 65535")]
    [InlineData("udp:h:+5", "expected 1 to 65535")]
    [InlineData("udp:h:abc", "expected 1 to 65535")]
    [InlineData("udp6:::1", "expected a port there")]
    [InlineData("udp:::1:5", "a colon in its host")]
    [InlineData("unix:", "names no path")]
    public void A_bad_address_is_refused_with_what_was_expected(string url, string message)
    {
        RelayAddress.TryParse(url, out RelayAddress? address, out string? error).ShouldBeFalse();

        address.ShouldBeNull();
        error.ShouldNotBeNull().ShouldContain(message);
    }

    [Theory]
    [InlineData("upd:127.0.0.1:9000", "did you mean udp:127.0.0.1:9000")]
    [InlineData("UPD:127.0.0.1:9000", "did you mean udp:127.0.0.1:9000")]
    [InlineData("dup:127.0.0.1:9000", "did you mean udp:127.0.0.1:9000")]
    [InlineData("upd6:::1:9000", "did you mean udp6:::1:9000")]
    [InlineData("udp4:127.0.0.1:9000", "did you mean udp:127.0.0.1:9000")]
    [InlineData("tpc:127.0.0.1:9000", "did you mean tcp:127.0.0.1:9000")]
    [InlineData("unx:/run/r.sock", "did you mean unix:/run/r.sock")]
    [InlineData("uinx:/run/r.sock", "did you mean unix:/run/r.sock")]
    [InlineData("cunx:/run/r.sock", "did you mean cunix:/run/r.sock")]
    [InlineData("udp://127.0.0.1:9000", "did you mean udp:127.0.0.1:9000")]
    [InlineData("127.0.0.1:22222", "did you mean udp:127.0.0.1:22222")]
    [InlineData("relay.example.com:22222", "did you mean udp:relay.example.com:22222")]
    [InlineData("[::1]:22222", "did you mean udp6:[::1]:22222")]
    [InlineData("nonsense:x", "there is no kind nonsense:, expected one of udp: udp6: tcp: tcp6: unix: cunix:")]
    public void A_wrong_transport_is_refused_with_what_was_probably_meant(string url, string message)
    {
        RelayAddress.TryParse(url, out _, out string? error).ShouldBeFalse();

        error.ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public void A_path_longer_than_a_socket_address_is_refused()
    {
        RelayAddress.TryParse("/" + new string('x', 106), out _, out _).ShouldBeTrue();
        RelayAddress.TryParse("/" + new string('x', 107), out _, out string? error).ShouldBeFalse();
        error.ShouldNotBeNull().ShouldContain("107 bytes");
    }
}
