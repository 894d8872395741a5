using System.Collections.Concurrent;
using System.Text;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Keeping;

public sealed class KeeperLinkTests : IDisposable
{
    private readonly DescriptorChannel _keeper;
    private readonly KeeperLink _link;
    private readonly BlockingCollection<KeeperMessage> _heard = [];
    private readonly ManualResetEventSlim _lost = new();
    private readonly byte[] _buffer = new byte[DescriptorChannel.MaxMessage];
    private readonly List<FdHandle> _arrived = [];

    public KeeperLinkTests()
    {
        (_keeper, DescriptorChannel relay) = DescriptorChannel.MakePair();
        _link = new KeeperLink(relay);
        _link.Start(_heard.Add, _lost.Set);
    }

    [Fact]
    public void What_a_process_said_before_it_died_is_heard_also_where_it_had_not_read_everything()
    {
        (DescriptorChannel keeper, DescriptorChannel relay) = DescriptorChannel.MakePair();
        using (keeper)
        {
            using (relay)
            {
                keeper.Send("inherit"u8, []).ShouldBe(Errno.None);
                relay.Send("hold"u8, []).ShouldBe(Errno.None);
                relay.Send("refused"u8, []).ShouldBe(Errno.None);
            }

            ReceiveText(keeper).ShouldBe("hold");
            ReceiveText(keeper).ShouldBe("refused");
            ReceiveText(keeper).ShouldBe(nameof(Errno.EPIPE));
        }

        static string ReceiveText(DescriptorChannel channel)
        {
            byte[] buffer = new byte[DescriptorChannel.MaxMessage];
            Errno errno = channel.Receive(buffer, [], mayWait: false, out int length, out _);
            return errno == Errno.None ? Encoding.ASCII.GetString(buffer, 0, length) : errno.ToString();
        }
    }

    [Fact]
    public void A_descriptor_that_is_held_is_a_copy_of_the_same_file()
    {
        using WakeSignal signal = new();

        _link.TryHold("one"u8, signal.Descriptor).ShouldBeTrue();

        Receive().ShouldBe(new RelayMessage.Hold("one"));
        FdHandle copy = _arrived.ShouldHaveSingleItem();
        copy.Number.ShouldNotBe(signal.Descriptor);
        FileOf(copy.Number).ShouldBe(FileOf(signal.Descriptor));
    }

    [Fact]
    public void What_is_asked_arrives_in_its_order()
    {
        using WakeSignal signal = new();
        for (int i = 0; i < 50; i++)
        {
            _link.TryHold("one"u8, signal.Descriptor, signal.Descriptor).ShouldBeTrue();
            _link.TryDrop("one"u8).ShouldBeTrue();
        }

        for (int i = 0; i < 50; i++)
        {
            Receive().ShouldBe(new RelayMessage.Hold("one"));
            Receive().ShouldBe(new RelayMessage.Drop("one"));
        }
    }

    [Fact]
    public void Where_there_is_no_room_it_says_so_instead_of_waiting()
    {
        int sent = 0;
        while (_link.TryDrop("one"u8))
        {
            sent++;
            sent.ShouldBeLessThan(1_000_000);
        }

        Receive().ShouldNotBeNull();
        _link.TryDrop("one"u8).ShouldBeTrue();
    }

    [Fact]
    public void What_is_passed_on_lies_ready_by_name()
    {
        using WakeSignal one = new();
        using WakeSignal other = new();
        Send(new KeeperMessage.Inherit([("one", 1), ("both", 2)]), one.Descriptor, one.Descriptor, other.Descriptor);
        Send(new KeeperMessage.Forget(["one"]));
        Send(new KeeperMessage.Begin(RelayStart.Upgrade, 0));

        Heard().ShouldBe(new KeeperMessage.Begin(RelayStart.Upgrade, 0));
        _link.Legacies.Names.ShouldBe(["both"]);
        IReadOnlyList<FdHandle> taken = _link.Legacies.Take("both")!;
        FileOf(taken[1].Number).ShouldBe(FileOf(other.Descriptor));
        _link.HasLostDescriptors.ShouldBeFalse();
    }

    [Fact]
    public void A_name_whose_descriptors_did_not_come_is_nobodys()
    {
        using WakeSignal one = new();
        Send(new KeeperMessage.Inherit([("one", 1), ("two", 2)]), one.Descriptor, one.Descriptor);
        Send(new KeeperMessage.Go());

        Heard().ShouldBe(new KeeperMessage.Go());
        _link.Legacies.Names.ShouldBe(["one"]);
        _link.HasLostDescriptors.ShouldBeTrue();
    }

    [Fact]
    public void All_that_is_held_is_sent_anew_when_the_keeper_asks()
    {
        using WakeSignal signal = new();
        Send(new KeeperMessage.Inherit([("old", 1)]), signal.Descriptor);
        Send(new KeeperMessage.Go());
        Heard();
        _link.TryHold("new"u8, signal.Descriptor);
        _link.TryHold("gone"u8, signal.Descriptor);
        _link.TryDrop("gone"u8);
        Enumerable.Range(0, 3).ToList().ForEach(_ => Receive());

        Send(new KeeperMessage.HoldAgain());

        new[] { Receive(), Receive() }.ShouldBe([new RelayMessage.Hold("old"), new RelayMessage.Hold("new")], ignoreOrder: true);
    }

    [Fact]
    public void Without_its_keeper_it_goes_on()
    {
        _keeper.Dispose();

        _lost.Wait(Eventually.Deadline, TestContext.Current.CancellationToken).ShouldBeTrue();
        _link.TryHold("one"u8, 0).ShouldBeTrue();
        _link.TryDrop("one"u8).ShouldBeTrue();
    }

    [Fact]
    public void Garbage_from_the_keeper_changes_nothing()
    {
        using WakeSignal signal = new();
        _keeper.Send([255, 1, 2], [signal.Descriptor]).ShouldBe(Errno.None);
        _keeper.Send([(byte)MessageKind.Inherit, 200, 1], [signal.Descriptor]).ShouldBe(Errno.None);
        Send(new KeeperMessage.Thaw());

        Heard().ShouldBe(new KeeperMessage.Thaw());
        _link.Legacies.Names.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _keeper.Dispose();
        _link.Legacies.Dispose();
        _arrived.ForEach(descriptor => descriptor.Dispose());
        _heard.Dispose();
        _lost.Dispose();
    }

    private static string? FileOf(int descriptor) => File.ReadAllText($"/proc/self/fdinfo/{descriptor}")
        .Split('\n').FirstOrDefault(line => line.StartsWith("eventfd-id", StringComparison.Ordinal));

    private void Send(KeeperMessage message, params int[] descriptors) =>
        _keeper.Send(KeeperMessageCodec.Write(message), descriptors).ShouldBe(Errno.None);

    private KeeperMessage? Heard() => _heard.TryTake(out KeeperMessage? message, Eventually.Deadline) ? message : null;

    private RelayMessage? Receive()
    {
        _keeper.Receive(_buffer, _arrived, mayWait: true, out int length, out _).ShouldBe(Errno.None);
        return RelayMessageCodec.Read(_buffer.AsSpan(0, length));
    }
}
