"""Operations worked out once, so that running them costs little more than what they do.

graphql-core finds out anew, for every value of every answer, what a document and a schema say about
it. A plan asks once and keeps functions. It handles what is usual; whatever is not, it leaves to
graphql-core, which then also finds the words and places of errors.
"""
