// Package natsstore is a [chunk.Remote] on NATS JetStream: several machines share branches and tags, and fetch what
// others have committed.
//
//	nc, err := nats.Connect("nats://a,nats://b,nats://c", nats.MaxReconnects(-1))
//	remote, err := natsstore.Open(ctx, nc, "garden", natsstore.Replicas(3))
//	st, err := store.Open("state.ramet", store.Shared(remote))
//
// Everything is in two streams. KV_NAME_heads has what the names stand for; it is read from its leader only, and can be
// looked at with the tools for key-value buckets, as bucket NAME_heads. KV_NAME_packs has the packs.
//
// A swap is a message that is stored if the last one of its name is the expected one. If the answer is lost, what
// became of it is found out in the history of the name. A pack exists by one message; what does not fit into it is
// stored before.
//
// The servers decide how durable all this is, and the client cannot see what they are configured to: README.md says
// what they have to be. Give contexts a deadline, or wait as long as [Patience] says when no server answers.
package natsstore
