using System.Text;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Tests;

/// <summary>The configuration file: what it may say, and how it is told what is wrong.</summary>
public sealed class ConfigurationTests
{
    private const string Listen = """ "authentication": "none", "listen": [{ "address": "127.0.0.1" }] """;

    [Fact]
    public void The_least_configuration_is_an_address()
    {
        EdgeSettings settings = Parse($"{{ {Listen} }}");

        settings.Listen.ShouldHaveSingleItem().Local.ToString().ShouldBe("127.0.0.1:5060");
        settings.RelaySets.ShouldBeEmpty();
        settings.Management.ShouldBeNull();
        settings.Media.Flags.ToString().ShouldBe("r");
    }

    [Theory]
    [InlineData("""{}""", "listen: is missing; expected a list")]
    [InlineData("""{ "listen": [] }""", "listen: is missing")]
    [InlineData("""{ "listen": [{ "address": "here" }] }""", "listen[0].address: is 'here'; expected an IP address")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1", "port": 70000 }] }""", "listen[0].port: is 70000; expected 0 to 65535")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1", "port": "5060" }] }""", "listen[0].port: has the wrong type; expected a number (line 1)")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1", "port": 1.5 }] }""", "listen[0].port: has the wrong type; expected a whole number (line 1)")]
    [InlineData("""{ LISTEN, "nextHop": 5 }""", "nextHop: has the wrong type; expected text in quotes (line 1)")]
    [InlineData("""{ LISTEN, "media": [] }""", "media: has the wrong type; expected an object in braces (line 1)")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1", "transport": "tls" }] }""", "listen[0].transport: is 'tls'; expected udp or tcp")]
    [InlineData("""{ "listen": [{ "address": "0.0.0.0" }] }""", "listen[0].advertise: is missing; expected the address that others see")]
    [InlineData("""{ "listen": [{ "address": "0.0.0.0", "advertise": "a b" }] }""", "listen[0].advertise: is 'a b'")]
    [InlineData("""{ "listen": { } }""", "listen: has the wrong type; expected a list in brackets (line 1)")]
    [InlineData("""{ LISTEN, "nextHop": "udp:127.0.0.1" }""", "nextHop: is 'udp:127.0.0.1'; expected a URI such as sip:")]
    [InlineData("""{ LISTEN, "nextHop": "sip:x;transport=ws" }""", "nextHop: has the transport 'ws'; expected udp or tcp")]
    [InlineData("""{ LISTEN, "nexthop": "sip:x" }""", "unknown key 'nexthop'")]
    [InlineData("""{ LISTEN, "media": { "flagz": "r" } }""", "unknown key 'flagz'")]
    [InlineData("""{ LISTEN, "media": { "flags": "rq" } }""", "media.flags: is 'rq'; expected one of the flags")]
    [InlineData("""{ LISTEN, "media": { "whenUnavailable": "maybe" } }""", "media.whenUnavailable: is 'maybe'; expected reject or pass")]
    [InlineData(
        """{ LISTEN, "media": { "timeoutSocket": "upd:127.0.0.1:9000" } }""",
        "media.timeoutSocket: is 'upd:127.0.0.1:9000', did you mean tcp:127.0.0.1:9000; expected unix:/PATH or tcp:ADDRESS:PORT")]
    [InlineData(
        """{ LISTEN, "media": { "timeoutSocket": "[::1]:9000" } }""",
        "media.timeoutSocket: is '[::1]:9000', did you mean tcp:[::1]:9000; expected unix:/PATH or tcp:ADDRESS:PORT")]
    [InlineData(
        """{ LISTEN, "media": { "timeoutSocket": "unxi:/run/x" } }""",
        "media.timeoutSocket: is 'unxi:/run/x', did you mean unix:/run/x; expected unix:/PATH or tcp:ADDRESS:PORT")]
    [InlineData(
        """{ LISTEN, "media": { "timeoutSocket": "unix:/run/my edge" } }""",
        "media.timeoutSocket: is 'unix:/run/my edge'; expected unix:/PATH or tcp:ADDRESS:PORT")]
    [InlineData("""{ LISTEN, "media": { "mark": "a=x\nm=audio" } }""", "media.mark: has more than one line; expected one, such as a=nortpproxy:yes")]
    [InlineData("""{ LISTEN, "media": { "timeoutSocket": "here" } }""", "media.timeoutSocket: is 'here'; expected unix:/PATH or tcp:ADDRESS:PORT")]
    [InlineData("""{ LISTEN, "relays": {} }""", "relays.sockets: names no relay")]
    [InlineData("""{ LISTEN, "relays": { "sockets": ["udp:h:1", "udp:h:0"] } }""", "relays.sockets[1]: 'udp:h:0' has the port '0'")]
    [InlineData("""{ LISTEN, "relays": { "sockets": ["upd:127.0.0.1:22222"] } }""", "relays.sockets[0]: 'upd:127.0.0.1:22222': there is no kind upd:, did you mean udp:127.0.0.1:22222")]
    [InlineData("""{ LISTEN, "relays": { "sockets": ["3 == udp:h:1"] } }""", "media.set: set 0 has no relay; expected one of 3")]
    [InlineData("""{ LISTEN, "relays": { "sockets": ["udp:h:1"], "replySeconds": 0 } }""", "relays.replySeconds: is 0; expected 0.01 to 60 seconds")]
    [InlineData("""{ LISTEN, "relays": { "sockets": ["udp:h:1"], "forceSocket": "h" } }""", "relays.forceSocket: is 'h'; expected ADDRESS or ADDRESS:PORT")]
    [InlineData("""{ LISTEN, "management": { "listen": "192.0.2.1:80" } }""", "management.listen: is 192.0.2.1; expected a loopback address")]
    [InlineData("""{ LISTEN, "management": {} }""", "management.listen: is ''; expected ADDRESS:PORT")]
    [InlineData("""{ LISTEN, "registrar": { "minSeconds": 100, "maxSeconds": 50 } }""", "registrar.maxSeconds: is 50; expected 100 to 86400")]
    [InlineData("""{ LISTEN, "limits": { "transactions": 0 } }""", "limits.transactions: is 0; expected 1 to 1000000")]
    [InlineData("""{ LISTEN, "inProcessRelay": { "minPort": 65535 } }""", "inProcessRelay: has ports 65535 to 65535; expected room for an even port and the next one")]
    [InlineData("""{ LISTEN, "inProcessRelay": { "minPort": 4001, "maxPort": 4002 } }""", "inProcessRelay: has ports 4001 to 4002; expected room")]
    [InlineData("""{ LISTEN, "listen": [] }""", "'listen' stands twice; expected each key once")]
    [InlineData("""{ LISTEN, "media": { "address": "a b" } }""", "media.address: is 'a b'; expected an IP address or the name of a host")]
    [InlineData("""{ LISTEN, "registrar": { "domains": [null] } }""", "registrar.domains[0]: is ''; expected an IP address or the name of a host")]
    [InlineData("""{ "listen": [null] }""", "listen[0]: is null; expected an object in braces")]
    [InlineData("""{ LISTEN, "relays": { "sockets": [null] } }""", "relays.sockets: names no relay")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1" }, { "address": "127.0.0.1" }] }""", "listen[1]: says the same as listen[0]")]
    [InlineData("""{ LISTEN, "nextHop": "sip:127.0.0.1" }""", "nextHop: is 'sip:127.0.0.1', where this proxy itself listens")]
    [InlineData("""{ LISTEN, "log": "loud" }""", "log: is 'loud'; expected debug, information, warning, error or none")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1" }] }""", "users: are missing; expected a list of those who may register and call, each with a name and a password, or \"authentication\": \"none\" to let everybody in")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1" }], "users": [], "authentication": "digest" }""", "users: are missing")]
    [InlineData("""{ "listen": [{ "address": "127.0.0.1" }], "authentication": "off" }""", "authentication: is 'off'; expected digest or none")]
    [InlineData("""{ LISTEN, "users": [{ "name": "a", "password": "b" }] }""", "users: are named, but authentication is none")]
    [InlineData("""{ DIGEST, "users": [null] }""", "users[0]: is null; expected an object in braces")]
    [InlineData("""{ DIGEST, "users": [{ "password": "b" }] }""", "users[0].name: is ''; expected up to 64 printable characters")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a:b", "password": "b" }] }""", "users[0].name: is 'a:b'")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a", "password": "" }] }""", "users[0].password: is empty")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a" }] }""", "users[0].md5: is missing; expected the MD5 of 'a:127.0.0.1:PASSWORD', a password, or digests without MD5")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a", "md5": "00112233445566778899aabbccddeeff" }] }""", "users[0].sha256: is missing")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a", "md5": "secret" }] }""", "users[0].md5: has 6 characters; expected 32 hexadecimal digits")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a", "password": "b", "md5": "c" }] }""", "users[0].password: stands beside a hash")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a", "password": "b" }, { "name": "a", "password": "c" }] }""", "users[1].name: is 'a' again")]
    [InlineData("""{ DIGEST, "users": [{ "name": "a", "password": "b", "identities": ["a b"] }] }""", "users[0].identities[0]: is 'a b'; expected a user, or sip:USER@HOST")]
    [InlineData("""{ DIGEST, "digests": ["SHA-1"], "users": [{ "name": "a", "password": "b" }] }""", "digests[0]: is 'SHA-1'; expected SHA-256 or MD5")]
    [InlineData("""{ DIGEST, "digests": [], "users": [{ "name": "a", "password": "b" }] }""", "digests: is empty")]
    [InlineData("""{ DIGEST, "realm": "a\"b", "users": [{ "name": "a", "password": "b" }] }""", "realm: is 'a\"b'")]
    [InlineData("""{ "listen": [{ "address": "192.0.2.1" }], "users": [{ "name": "a", "password": "only-for-trying" }] }""", "users[0].password: is the one of the sample, which everybody knows")]
    [InlineData("""{ LISTEN, "trusted": ["here"] }""", "trusted[0]: is 'here'; expected an IP address, or a network")]
    [InlineData("""{ LISTEN, "secret": "short" }""", "secret: has 5 characters; expected at least 16")]
    [InlineData("""{ LISTEN, """, "is no JSON here")]
    [InlineData("""null""", "the file: expected an object in braces")]
    [InlineData("", "is no JSON here")]
    public void A_wrong_configuration_names_its_key_and_what_was_expected(string json, string message)
    {
        ConfigurationException e = Should.Throw<ConfigurationException>(
            () => Parse(json
                .Replace("LISTEN", Listen, StringComparison.Ordinal)
                .Replace("DIGEST", """ "listen": [{ "address": "127.0.0.1" }] """, StringComparison.Ordinal)));

        e.Message.ShouldContain(message);
    }

    [Fact]
    public void The_sample_is_good()
    {
        EdgeSettings settings = EdgeConfiguration.Load(Path.Combine(AppContext.BaseDirectory, "sipedge.sample.json"));

        settings.Listen.Count.ShouldBe(2);
        settings.Registrar.ShouldNotBeNull();
        settings.Authentication!.Users.Count.ShouldBe(2);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        EdgeSettings settings = Parse(
            """
            {
              // comments are allowed
              "listen": [
                { "transport": "udp", "address": "0.0.0.0", "port": 5062, "advertise": "edge.example.com:5070" },
                { "transport": "tcp", "address": "::1" },
              ],
              "users": [
                { "name": "alice", "password": "wonderland", "identities": ["+4930123", "sip:sales@example.com"] },
                { "name": "bob", "md5": "0123456789abcdef0123456789ABCDEF", "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
              ],
              "realm": "phones", "digests": ["MD5", "SHA-256"], "authentication": "digest",
              "trusted": ["192.0.2.7", "2001:db8::/32"], "secret": "sixteen letters!",
              "nextHop": "sip:[2001:db8::1]:5080;transport=tcp",
              "registrar": { "domains": ["example.com"] },
              "relays": { "sockets": ["udp:h:1=2 udp:h:2", "1 == tcp:h:3"], "transmissions": 3, "disableSeconds": -1, "forceSocket": "127.0.0.1:4000" },
              "inProcessRelay": { "address": "192.0.2.1", "minPort": 1000, "maxPort": 2000 },
              "media": { "flags": "rw", "address": "203.0.113.8", "set": 1, "mark": "", "whenUnavailable": "pass", "totalSeconds": 3, "timeoutSocket": "tcp:127.0.0.1:9000" },
              "management": { "listen": "127.0.0.1:8060" },
              "limits": { "transactions": 5, "connections": 6, "bindings": 7, "messageBytes": 8000, "transactionsOfOne": 3, "connectionsOfOne": 4 },
              "log": "debug"
            }
            """);

        settings.Listen[0].AdvertisedHost.ShouldBe("edge.example.com");
        settings.Listen[0].AdvertisedPort.ShouldBe(5070);
        settings.NextHop.ShouldBe(new NextHop(Transport.SipTransport.Tcp, "2001:db8::1", 5080));
        settings.RelaySets.Sum(set => set.Nodes.Count).ShouldBe(3);
        settings.RelayOptions.DisableTime.ShouldBe(TimeSpan.FromSeconds(-1));
        settings.Media.RejectWhenUnavailable.ShouldBeFalse();
        settings.Authentication!.Realm.ShouldBe("phones");
        settings.Authentication.Users["bob"].Md5.ShouldBe("0123456789abcdef0123456789abcdef");
        settings.IsTrusted(System.Net.IPAddress.Parse("::ffff:192.0.2.7")).ShouldBeTrue();
        settings.IsTrusted(System.Net.IPAddress.Parse("192.0.2.8")).ShouldBeFalse();
        settings.IsTrusted(System.Net.IPAddress.Parse("2001:db8:1::7")).ShouldBeTrue();
        settings.Limits.ShouldBe(new LimitSettings(5, 6, 7, 8000, 3, 4));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.77", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.3.77", false)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.77", true)]
    [InlineData("fe80::1%1", "fe80::1", true)]
    [InlineData("fe80::1", "fe80::1%1", true)]
    public void A_trusted_server_is_known_under_every_spelling_of_its_address(string trusted, string source, bool isTrusted) =>
        Parse($$"""{ "listen": [{ "address": "192.0.2.9" }], "trusted": ["{{trusted}}"] }""")
            .IsTrusted(System.Net.IPAddress.Parse(source)).ShouldBe(isTrusted);

    private static EdgeSettings Parse(string json) => EdgeConfiguration.Parse(Encoding.UTF8.GetBytes(json));
}
