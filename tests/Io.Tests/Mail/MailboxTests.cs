using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Relay;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Mail;

public sealed class MailboxTests
{
    [Fact]
    public void A_full_box_refuses_letters_and_keeps_copies_apart()
    {
        using var mailbox = new Mailbox();
        int posted = 0;
        while (mailbox.TryPost(new Note()))
        {
            posted++;
        }

        posted.ShouldBe(4096);
        mailbox.TryPostCopy(new Note()).ShouldBeTrue();
    }

    [Fact]
    public void A_closed_box_abandons_what_is_left_and_refuses_more()
    {
        using var mailbox = new Mailbox();
        var note = new Note();
        mailbox.TryPost(note);

        mailbox.Close();

        note.IsAbandoned.ShouldBeTrue();
        mailbox.TryPost(new Note()).ShouldBeFalse();
        mailbox.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void With_mail_in_the_box_nobody_falls_asleep()
    {
        using var mailbox = new Mailbox();
        mailbox.TryFallAsleep().ShouldBeTrue();
        mailbox.WakeUp();

        mailbox.TryPost(new Note());

        mailbox.TryFallAsleep().ShouldBeFalse();
    }

    [Fact]
    public void Copies_reach_the_worker_of_the_target_and_their_buffers_come_back()
    {
        using Mailbox source = new(), target = new();
        var links = new WorkerLinks([source, target]);
        var fork = new Fork(new SessionId(0, 1), new SessionId(1, 7), Side.Caller);
        for (int i = 0; i < 10_000; i++)
        {
            var packet = new ForkedPacket(
                fork, Side.Callee, StreamKind.Rtcp, Endpoint.FromIPv4(0x7f000001, (ushort)i), new Arrival(new Instant(i), i));
            links.Forward(packet, [1, 2, (byte)i]);
            target.TryTakeCopy(out Letter? letter).ShouldBeTrue();
            ForkedDatagram copy = letter.ShouldBeOfType<ForkedDatagram>();
            copy.Datagram.Bytes.ToArray().ShouldBe([1, 2, (byte)i]);
            copy.Packet.ShouldBe(packet);
            copy.Recycle();
        }

        links.Dropped.ShouldBe(0);
        source.TryTakeCopy(out _).ShouldBeFalse();
    }

    [Fact]
    public void A_worker_that_is_too_far_behind_costs_copies_and_nothing_else()
    {
        using Mailbox source = new(), target = new();
        var links = new WorkerLinks([source, target]);
        var fork = new Fork(new SessionId(0, 1), new SessionId(1, 7), Side.Caller);

        for (int i = 0; i < 5000; i++)
        {
            links.Forward(new ForkedPacket(fork, Side.Callee, StreamKind.Rtp, default, default), new byte[5000]);
        }

        links.Dropped.ShouldBe(5000 - 1024);
    }

    [Fact]
    public void The_worker_of_the_source_is_told_when_a_fork_begins_and_ends()
    {
        using Mailbox source = new(), target = new();
        var links = new WorkerLinks([source, target]);
        var fork = new Fork(new SessionId(0, 1), new SessionId(1, 7), Side.Caller);

        links.Start(fork);
        links.End(fork);

        source.TryTakeLetter(out Letter? first).ShouldBeTrue();
        first.ShouldBeOfType<ForkStarted>().Fork.ShouldBe(fork);
        source.TryTakeLetter(out Letter? second).ShouldBeTrue();
        second.ShouldBeOfType<ForkEnded>().Fork.ShouldBe(fork);
    }

    [Fact]
    public void A_place_that_is_not_needed_goes_back_to_the_source_and_its_end_is_told_to_the_target()
    {
        using Mailbox source = new(), target = new();
        var links = new WorkerLinks([source, target]);
        var fork = new Fork(new SessionId(0, 1), new SessionId(1, 7), Side.Caller);

        links.Release(fork.Source);
        links.SourceEnded(fork);

        source.TryTakeLetter(out Letter? first).ShouldBeTrue();
        first.ShouldBeOfType<ForkReleased>().Source.ShouldBe(fork.Source);
        source.TryTakeLetter(out _).ShouldBeFalse();
        target.TryTakeLetter(out Letter? second).ShouldBeTrue();
        second.ShouldBeOfType<ForkSourceEnded>().Fork.ShouldBe(fork);
    }

    private sealed class Note : Letter
    {
        public bool IsAbandoned { get; private set; }

        public override void Abandon() => IsAbandoned = true;
    }
}
