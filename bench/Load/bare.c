/*
 * The floor: what receiving a datagram on one socket and sending it from another costs when nothing else is done.
 * One thread, one epoll set, one recvfrom and one sendto per datagram, no checks. Relay of PORTS/2 pairs of sockets:
 * what arrives on port i leaves from port i^1 to where i^1 was last heard from, or to the address given for it.
 *
 * usage: bare FIRST_PORT PORTS EVEN_REMOTE_PORT ODD_REMOTE_PORT    (all on 127.0.0.1)
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s FIRST_PORT PORTS EVEN_REMOTE_PORT ODD_REMOTE_PORT\n", argv[0]);
        return 1;
    }
    int first = atoi(argv[1]), count = atoi(argv[2]);
    int *sockets = calloc(count, sizeof(int));
    struct sockaddr_in remote[2];
    for (int side = 0; side < 2; side++) {
        remote[side] = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(atoi(argv[3 + side])),
                                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    }
    int set = epoll_create1(0), buffer_size = 262144;
    for (int i = 0; i < count; i++) {
        struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(first + i),
                                     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        struct epoll_event event = { .events = EPOLLIN, .data.u32 = i };
        sockets[i] = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        setsockopt(sockets[i], SOL_SOCKET, SO_RCVBUF, &buffer_size, sizeof buffer_size);
        if (sockets[i] < 0 || bind(sockets[i], (struct sockaddr *)&local, sizeof local) < 0
            || epoll_ctl(set, EPOLL_CTL_ADD, sockets[i], &event) < 0) {
            perror("bare: socket");
            return 1;
        }
    }
    printf("ready\n");
    fflush(stdout);
    struct epoll_event events[256];
    char packet[8192];
    for (;;) {
        int ready = epoll_wait(set, events, 256, -1);
        for (int e = 0; e < ready; e++) {
            int i = events[e].data.u32;
            struct sockaddr_in source;
            socklen_t length = sizeof source;
            ssize_t size = recvfrom(sockets[i], packet, sizeof packet, 0, (struct sockaddr *)&source, &length);
            if (size >= 0) {
                sendto(sockets[i ^ 1], packet, size, 0, (struct sockaddr *)&remote[(i ^ 1) & 1], sizeof remote[0]);
            }
        }
    }
}
